import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  nonceHeader,
  proofHeader,
  proofOf,
  readLocalAccess,
  removeLocalAccess,
  writeLocalAccess,
} from './local-access.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sluice-local-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the file that leads to a running engine', () => {
  /** Something that listens, and answers with the proof of a token, or with none. */
  async function listener(token: string | null) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      if (token !== null) response.setHeader(proofHeader, proofOf(token, String(request.headers[nonceHeader])));
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { asked, url, close: () => new Promise((resolve) => server.close(resolve)) };
  }

  it('is for its owner only, and gone when the engine has stopped', async () => {
    const { asked, url, close } = await listener('token');
    writeLocalAccess(dir, { url, token: 'token' });
    expect(statSync(join(dir, '.control')).mode & 0o777).toBe(0o600);
    expect(await readLocalAccess(dir)).toEqual({ url, token: 'token' });
    expect(asked).toEqual(['/api/session undefined']);
    await close();
    expect(await readLocalAccess(dir)).toBeNull();
    removeLocalAccess(dir);
    expect(existsSync(join(dir, '.control'))).toBe(false);
    removeLocalAccess(dir);
  });

  it.each([null, 'another'])('tells nothing to a stranger who has the port now (%j)', async (token) => {
    const { asked, url, close } = await listener(token);
    writeLocalAccess(dir, { url, token: 'token' });
    expect(await readLocalAccess(dir)).toBeNull();
    expect(asked).toEqual(['/api/session undefined']);
    await close();
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
