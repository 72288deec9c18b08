import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testCertificate } from '../../engine/worker/http/certificate-for-test.ts';
import { TestEngine, until } from '../support/engine.ts';

const { cert, key } = testCertificate;
const otherKey = String(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);

const server = (body: unknown, more: object = {}) => ({
  id: 'web',
  type: 'http',
  active: true,
  host: '127.0.0.1',
  port: 0,
  operations: [{ id: 'get', method: 'GET', path: '/', workflow: { actions: [], output: { body } } }],
  ...more,
});

const portOf = async (engine: TestEngine): Promise<number> => Number(new URL(await engine.url('web')).port);

const getSecure = async (port: number): Promise<string> => {
  const request = https.get({ host: '127.0.0.1', port, path: '/', ca: cert, agent: false });
  const [answer] = await once(request, 'response');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return text;
};
const getPlain = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text();

const put = (engine: TestEngine, document: object) => engine.api('/api/servers/web', { method: 'PUT', json: document });
const errorsOf = async (answer: Response) => {
  expect(answer.status).toBe(422);
  return ((await answer.json()) as { errors: { resource: string; pointer: string; detail: string }[] }).errors;
};

describe('TLS of a server', () => {
  test('that cannot be used is refused with its place before it is live, and the version before serves on', async () => {
    await using engine = await TestEngine.start({
      servers: [server('one', { tls: { cert: 'tls/cert.pem', key: 'tls/key.pem' } })],
      files: { 'tls/cert.pem': cert, 'tls/key.pem': key, 'tls/other.pem': otherKey, 'tls/none.pem': 'no PEM' },
    });
    execFileSync('mkfifo', [join(engine.data, 'tls/pipe')]);
    const port = await portOf(engine);
    expect(await getSecure(port)).toBe('one');
    for (const file of ['tls/missing.pem', 'tls/none.pem', 'tls/pipe', '/dev/ptmx', '/dev/zero', '/etc/passwd']) {
      const errors = await errorsOf(await put(engine, server('two', { tls: { cert: 'tls/cert.pem', key: file } })));
      expect(errors).toEqual([
        {
          resource: 'server/web',
          pointer: '/tls',
          detail:
            `The TLS key "${file}" is no PEM file that can be read. ` +
            'Name a regular file of at most 1 MiB with a private key without passphrase.',
        },
      ]);
    }
    const mismatch = { tls: { cert, key: 'tls/other.pem' } };
    expect(await errorsOf(await put(engine, server('two', mismatch)))).toMatchObject([
      { pointer: '/tls', detail: expect.stringContaining('cannot be used together') },
    ]);
    expect(await errorsOf(await put(engine, server('two', { tls: { cert, key: { $secret: 'gone' } } })))).toMatchObject(
      [{ pointer: expect.stringMatching(/^\/tls/), detail: expect.stringContaining('"gone"') }],
    );
    expect(await getSecure(port)).toBe('one');
    expect(await portOf(engine)).toBe(port);
    expect(await engine.health()).toMatchObject({ status: 'ok', problems: [], replacements: 0 });

    // Not tried while nobody uses it.
    expect((await put(engine, server('two', { ...mismatch, active: false }))).status).toBe(200);
    const start = await engine.api('/api/servers/web/start', { method: 'POST' });
    expect(await errorsOf(start)).toMatchObject([{ pointer: '/tls' }]);
  });

  test('begins and ends on the port that the server has', async () => {
    await using engine = await TestEngine.start({ servers: [server('plain')] });
    const port = await portOf(engine);
    expect(await getPlain(port)).toBe('plain');
    expect((await put(engine, server('secure', { tls: { cert, key } }))).status).toBe(200);
    expect(await getSecure(port)).toBe('secure');
    await expect(getPlain(port)).rejects.toThrow();
    expect((await put(engine, server('plain again'))).status).toBe(200);
    expect(await getPlain(port)).toBe('plain again');
    await expect(getSecure(port)).rejects.toThrow();
  });

  test('goes on with the certificate it had when a secret becomes something else, and everything else changes', async () => {
    await using engine = await TestEngine.start();
    const store = (value: string) => engine.api('/api/secrets/key', { method: 'PUT', json: { value } });
    expect((await store(key)).ok).toBe(true);
    const tls = { cert, key: { $secret: 'key' } };
    const body = { $ref: ['global', 'word'] };
    await engine.api('/api/variables/word', { method: 'PUT', json: 'one' });
    expect((await engine.api('/api/servers', { method: 'POST', json: server(body, { tls }) })).status).toBe(201);
    const port = await portOf(engine);
    expect(await getSecure(port)).toBe('one');

    expect((await store('no PEM any more')).ok).toBe(true);
    const problem =
      'Server web: The server goes on with the certificate that it had. ' +
      'The TLS key, the secret "key", is no PEM text of a private key without passphrase.';
    expect(await engine.health()).toMatchObject({ status: 'degraded', problems: [problem] });
    await engine.lines('usage', /server\/web.*goes on with the certificate that it had/);
    await engine.api('/api/variables/word', { method: 'PUT', json: 'two' });
    expect(await getSecure(port)).toBe('two');
    expect((await engine.health()).servers.web).toMatchObject({ state: 'listening', port });

    expect((await store(key)).ok).toBe(true);
    expect(await engine.health()).toMatchObject({ status: 'ok', problems: [] });
    expect(await getSecure(port)).toBe('two');
  });

  test('of a file that is a pipe holds up neither the start nor later changes, and says so at once', async () => {
    await using engine = TestEngine.spawn({
      servers: [server('one', { tls: { cert: 'pipe', key } }), { ...server('other'), id: 'other' }],
    });
    execFileSync('mkfifo', [join(engine.data, 'pipe')]);
    await engine.says(/^ready$/m);
    const other = await engine.url('other');
    const web = (await engine.health()).servers.web;
    expect(web).toMatchObject({ state: 'failed', reason: expect.stringContaining('"pipe" is no PEM file') });
    await engine.api('/api/nodes/server/other', { method: 'PATCH', json: { log: true } });
    expect(await (await fetch(other)).text()).toBe('other');
    expect((await put(engine, server('mended', { tls: { cert, key } }))).status).toBe(200);
    expect(await getSecure(await portOf(engine))).toBe('mended');
  });

  test('that a hand edit broke is the reason that is given, never a taken port', async () => {
    await using engine = await TestEngine.start({ servers: [server('one', { tls: { cert, key } })] });
    const port = await portOf(engine);
    // Every reason is a record.
    const path = join(engine.data, 'servers/web.json');
    writeFileSync(path, JSON.stringify(server('two', { tls: { cert, key: 'none.pem' } })));
    await engine.lines('usage', /server\/web.*"none.pem" is no PEM file/);
    expect((await engine.health()).servers.web).toMatchObject({
      state: 'listening',
      reason: expect.stringContaining('none.pem'),
    });
    expect(await getSecure(port)).toBe('two');
    await engine.api('/api/nodes/server/web', { method: 'PATCH', json: { capture: true } });
    expect(engine.log('usage')).not.toMatch(/taken by/);
    expect(readFileSync(path, 'utf8')).toContain('none.pem');
    // Encryption that is wanted is not left out because it cannot be had.
    writeFileSync(path, JSON.stringify(server('three')));
    await until(
      async () => (await getPlain(port).catch(() => '')) === 'three',
      5_000,
      () => 'the server without TLS',
    );
    writeFileSync(path, JSON.stringify(server('four', { tls: { cert, key: 'none.pem' } })));
    await until(
      async () => (await engine.health()).servers.web?.state === 'failed',
      5_000,
      () => 'the server to fail',
    );
    await expect(getPlain(port)).rejects.toThrow();
  });

  test('an address of the same port follows the one before', async () => {
    await using engine = await TestEngine.start({ servers: [server('one')] });
    const port = await portOf(engine);
    expect((await put(engine, server('one', { port }))).status).toBe(200);
    expect((await put(engine, server('two', { port, host: 'localhost' }))).status).toBe(200);
    expect((await engine.health()).servers.web).toMatchObject({ state: 'listening', host: 'localhost', port });
    expect(await getPlain(port)).toBe('two');
    expect(engine.log('usage')).not.toMatch(/taken by/);
  });
});
