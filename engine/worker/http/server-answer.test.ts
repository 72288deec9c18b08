import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseCoding } from './compress.ts';
import { runId, type Serving, serve, talk } from './serve-for-test.ts';

let serving: Serving;
afterEach(async () => {
  await serving.close();
  expect(serving.faults).toEqual([]);
});

const get = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');

describe('an output that cannot be sent', () => {
  it.each([
    ['a line end in a header', { headers: { 'x-a': 'b\r\nset-cookie: evil=1' } }],
    ['a status of another kind', { status: 'ok' }],
    ['a body that has no JSON', { body: 1n }],
  ])('with %s becomes a problem, and the run fails', async (_what, output) => {
    serving = await serve({ 'GET /': () => output });
    const answer = await talk(serving.port, get('/'));
    expect(answer).toMatch(/^HTTP\/1.1 500 /);
    expect(answer).not.toMatch(/evil/);
    expect(answer).toContain(`sluice-run: ${runId}`);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      type: 'urn:sluice:output-invalid',
      status: 500,
      run: runId,
    });
    expect(serving.done).toMatchObject([{ status: 500, unsendable: { code: 'output-invalid' } }]);
  });
});

describe('headers of an answer', () => {
  it('are sent once each, several cookies on lines of their own', async () => {
    serving = await serve({
      'GET /': () => ({
        headers: { 'set-cookie': ['a=1', 'b=2'], 'Content-Length': 3, 'x-request-id': 'own' },
        body: 'four',
      }),
    });
    const answer = await talk(serving.port, get('/', 'X-Request-Id: theirs'));
    expect(answer.match(/^set-cookie: .*$/gm)).toEqual(['set-cookie: a=1', 'set-cookie: b=2']);
    expect(answer.match(/^content-length: .*$/gim)).toEqual(['content-length: 4']);
    expect(answer.match(/^x-request-id: .*$/gim)).toEqual(['x-request-id: own']);
  });
});

describe('compression', () => {
  const large = { text: 'abc '.repeat(1000) };
  const plain = JSON.stringify(large);
  const bodyOf = (answer: string) => Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1');

  it('uses what the client accepts', async () => {
    serving = await serve({ 'GET /': () => ({ body: large }) });
    const br = await talk(serving.port, get('/', 'Accept-Encoding: gzip, br'));
    expect(br).toMatch(/content-encoding: br\r\n/);
    expect(br).toMatch(/vary: Accept-Encoding\r\n/);
    expect(brotliDecompressSync(bodyOf(br)).toString()).toBe(plain);
    const gzip = await talk(serving.port, get('/', 'Accept-Encoding: gzip'));
    expect(gunzipSync(bodyOf(gzip)).toString()).toBe(plain);
    const none = await talk(serving.port, get('/'));
    expect(none).not.toMatch(/content-encoding/);
    expect(none).toMatch(/vary: Accept-Encoding\r\n/);
    expect(bodyOf(none).toString()).toBe(plain);
    expect(serving.done.map(({ bytesOut }) => bytesOut)).toEqual([
      bodyOf(br).length,
      bodyOf(gzip).length,
      plain.length,
    ]);
  });

  it.each([
    ['small answers', { body: 'x'.repeat(1000) }],
    ['pictures', { headers: { 'content-type': 'image/png' }, body: Buffer.alloc(5000) }],
    [
      'what is compressed already',
      { headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' }, body: Buffer.alloc(5000) },
    ],
    ['what an ETag names', { headers: { etag: '"1"' }, body: 'x'.repeat(5000) }],
  ])('leaves %s alone', async (_what, output) => {
    serving = await serve({ 'GET /': () => output });
    expect(await talk(serving.port, get('/', 'Accept-Encoding: br'))).not.toMatch(/content-encoding: br/);
  });

  it.each([
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['*', 'br'],
    ['identity', null],
    ['*;q=0', null],
    ['GZIP', 'gzip'],
    ['gzip;q=x', null],
  ])('reads %s', async (header, coding) => {
    serving = await serve({});
    expect(chooseCoding(header)).toBe(coding);
  });
});

describe('cross-origin rules', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'x-own',
    },
  };

  it('let everybody in when they are just true', async () => {
    serving = await serve({ 'PUT /a': () => ({ body: 'x' }) }, { cors: true });
    const answer = await fetch(`${serving.url}/a`, { method: 'PUT', headers: { origin: 'https://app.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toBe('Origin');
    const allowed = await fetch(`${serving.url}/a`, preflight);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-methods')).toBe('OPTIONS, PUT');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('x-own');
  });

  it('name the origins they let in', async () => {
    const cors = {
      origins: ['https://app.example'],
      methods: ['PUT'],
      headers: ['x-a'],
      exposed: ['sluice-run'],
      credentials: true,
      maxAgeSeconds: 60,
    };
    serving = await serve({ 'PUT /a': () => ({ body: 'x' }) }, { cors });
    const allowed = await fetch(`${serving.url}/a`, preflight);
    expect(Object.fromEntries([...allowed.headers].filter(([name]) => name.startsWith('access-')))).toEqual({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'x-a',
      'access-control-max-age': '60',
    });
    const answer = await fetch(`${serving.url}/a`, { method: 'PUT', headers: { origin: 'https://app.example' } });
    expect(answer.headers.get('access-control-expose-headers')).toBe('sluice-run');
    for (const origin of ['https://evil.example', 'https://app.example.evil', 'null']) {
      const refused = await fetch(`${serving.url}/a`, { method: 'PUT', headers: { origin } });
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
      expect(refused.headers.get('vary')).toBe('Origin');
    }
  });

  it('hold for problems too, and give way to headers of the workflow', async () => {
    serving = await serve(
      { 'GET /own': () => ({ headers: { 'Access-Control-Allow-Origin': 'https://own' } }) },
      { cors: true },
    );
    expect((await fetch(`${serving.url}/none`)).headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(`${serving.url}/own`)).headers.get('access-control-allow-origin')).toBe('https://own');
  });
});
