import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLocalAccess, removeLocalAccess, writeLocalAccess } from './local-access.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sluice-local-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the file that leads to a running engine', () => {
  it('is for its owner only, and gone when the engine has stopped', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeLocalAccess(dir, { url, token: 'token' });
    expect(statSync(join(dir, '.control')).mode & 0o777).toBe(0o600);
    expect(await readLocalAccess(dir)).toEqual({ url, token: 'token' });
    expect(asked).toEqual(['/healthz undefined']);
    await new Promise((resolve) => server.close(resolve));
    expect(await readLocalAccess(dir)).toBeNull();
    removeLocalAccess(dir);
    expect(existsSync(join(dir, '.control'))).toBe(false);
    removeLocalAccess(dir);
  });

  it.each(['', '{', '[]', '{}', '{"url":"nowhere","token":"x"}', '{"url":5,"token":"x"}'])(
    'leads nowhere when it holds %j',
    async (text) => {
      writeFileSync(join(dir, '.control'), text);
      expect(await readLocalAccess(dir)).toBeNull();
    },
  );

  it('leads nowhere when it is not there', async () => {
    expect(await readLocalAccess(join(dir, 'nowhere'))).toBeNull();
  });
});
