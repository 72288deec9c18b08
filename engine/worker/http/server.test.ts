import { afterEach, describe, expect, it } from 'vitest';
import { runProblem } from './problem.ts';
import type { RequestScope } from './request.ts';
import { runId, type Served, type Serving, serve, talk } from './serve-for-test.ts';
import type { HttpServerConfig } from './types.ts';
import { Needs } from './types.ts';

let serving: Serving;
const start = async (served: Served, config?: Partial<HttpServerConfig>) => {
  serving = await serve(served, config);
  return serving;
};
afterEach(async () => {
  await serving.close();
  expect(serving.faults).toEqual([]);
});

const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const body = (await answer.json()) as {
    type: string;
    title: string;
    status: number;
    detail: string;
    [key: string]: unknown;
  };
  expect(body.status).toBe(answer.status);
  expect(body.detail).toMatch(/\.$/);
  return body;
};

describe('a run', () => {
  it('is answered with its output and named in a header', async () => {
    const { url, done, refused } = await start({
      'GET /hello': ({ query }) => ({ body: { message: `Hello ${query.name}` } }),
    });
    const answer = await fetch(`${url}/hello?name=World`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('sluice-run')).toBe(runId);
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(await answer.text()).toBe('{"message":"Hello World"}');
    expect(done).toEqual([{ method: 'GET', status: 200, bytesIn: 0, bytesOut: 25, unsendable: null }]);
    expect(refused).toEqual([]);
  });

  it('may give its output later', async () => {
    const { url } = await start({
      'GET /later': () => new Promise((resolve) => setTimeout(resolve, 5, { body: 'late' })),
    });
    expect(await (await fetch(`${url}/later`)).text()).toBe('late');
  });

  it('keeps an incoming x-request-id and is told of traceparent', async () => {
    const { url } = await start({
      'GET /': (_request, { traceparent, requestId }) => ({ body: { traceparent, requestId } }),
    });
    const answer = await fetch(url, { headers: { 'X-Request-Id': 'abc-1', traceparent: 'not valid' } });
    expect(answer.headers.get('x-request-id')).toBe('abc-1');
    expect(await answer.json()).toEqual({ traceparent: 'not valid', requestId: 'abc-1' });
  });

  it('is answered with the problem that its failure is', async () => {
    const { url } = await start({ 'GET /': () => runProblem('timeout', runId) });
    const answer = await fetch(url);
    expect(answer.status).toBe(500);
    expect(answer.headers.get('sluice-run')).toBe(runId);
    expect(await problemOf(answer)).toMatchObject({
      type: 'urn:sluice:timeout',
      run: runId,
      title: 'Internal Server Error',
    });
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const { url, done, port } = await start({ 'GET /hello': () => ({ body: 'Hello' }) });
    const answer = await fetch(`${url}/hello`, { method: 'HEAD' });
    expect(answer.headers.get('content-length')).toBe('5');
    expect(answer.headers.get('sluice-run')).toBe(runId);
    expect(done[0]).toMatchObject({ method: 'HEAD', bytesOut: 0 });
    const raw = await talk(port, 'HEAD /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(raw).toMatch(/\r\n\r\n$/);
  });

  it.each([204, 304])('answers %i without a body or its length', async (status) => {
    const { port } = await start({ 'GET /': () => ({ status, body: 'ignored' }) });
    const raw = await talk(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(raw).toMatch(/\r\n\r\n$/);
    expect(raw).not.toMatch(/content-length/i);
  });
});

describe('the scope request', () => {
  it('has exactly the parts of the contract', async () => {
    let seen: RequestScope | undefined;
    const { url, port } = await start({
      'POST /items/{id}': (request) => {
        seen = request;
        return null;
      },
    });
    await fetch(`${url}/items/a%20b?q=1&q=2`, {
      method: 'POST',
      body: '{"x":1}',
      headers: { 'content-type': 'application/json', cookie: 'a=1; __Host-sluice=s', 'X-Own': 'v' },
    });
    expect(Object.keys(seen ?? {})).toEqual([
      'method',
      'path',
      'query',
      'header',
      'cookie',
      'body',
      'uri',
      'connection',
    ]);
    expect(seen).toMatchObject({
      method: 'POST',
      path: { id: 'a b' },
      query: { q: ['1', '2'] },
      header: { 'x-own': 'v', cookie: 'a=1', host: `127.0.0.1:${port}` },
      cookie: { a: '1' },
      body: { x: 1 },
      uri: `${url}/items/a%20b?q=1&q=2`,
      connection: { peer: { ip: '127.0.0.1' }, socket: { ip: '127.0.0.1', port } },
    });
  });

  it('has only the parts that are needed', async () => {
    const { url } = await start({ 'GET /': { needs: Needs.query, run: (request) => ({ body: request }) } });
    const { method, query, ...others } = (await (
      await fetch(`${url}/?a=1`, { headers: { cookie: 'a=1' } })
    ).json()) as Record<string, unknown>;
    expect({ method, query }).toEqual({ method: 'GET', query: { a: '1' } });
    expect(others).toEqual({ path: {}, header: {}, cookie: {}, body: null, uri: null, connection: null });
  });

  it('has all parts while the operation is watched', async () => {
    const { url } = await start({
      'GET /': {
        needs: 0,
        watched: true,
        run: ({ query, cookie, uri }) => ({ body: { query, cookie, uri } }),
      },
    });
    const answer = await fetch(`${url}/?a=1`, { headers: { cookie: 'b=2' } });
    expect(await answer.json()).toEqual({ query: { a: '1' }, cookie: { b: '2' }, uri: `${url}/?a=1` });
  });
});

describe('what never becomes a run', () => {
  it.each([
    ['GET', '/none', 404, {}],
    ['GET', '/HELLO', 404, {}],
    ['GET', '/hello/', 404, {}],
    ['POST', '/hello', 405, { allow: 'GET, HEAD, OPTIONS' }],
    ['DELETE', '/items/7', 405, { allow: 'GET, HEAD, OPTIONS, PUT' }],
    ['GET', '/items/%ff', 400, {}],
    ['GET', '/items/%', 400, {}],
    ['GET', '/hello?LONG', 414, {}],
    ['GET', '/hello?MANY', 400, {}],
  ])('%s %s is %i', async (method, path, status, headers) => {
    const { url, refused, done } = await start({
      'GET /hello': () => null,
      'GET /items/{id}': () => null,
      'PUT /items/{id}': () => null,
    });
    const asked = path.replace('LONG', 'x'.repeat(16 * 1024)).replace('MANY', 'a&'.repeat(1001));
    const answer = await fetch(`${url}${asked}`, { method });
    expect(answer.status).toBe(status);
    expect((await problemOf(answer)).type).toBe('about:blank');
    for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
    expect(answer.headers.get('sluice-run')).toBeNull();
    expect(done).toEqual([]);
    expect(refused).toMatchObject([{ method, path: path.split('?')[0], status, bytesIn: 0, remote: '127.0.0.1' }]);
    expect(refused[0]?.bytesOut).toBeGreaterThan(0);
  });

  it('answers OPTIONS by itself, unless an operation does', async () => {
    const { url, refused, done } = await start({ 'GET /a': () => null, 'OPTIONS /b': () => ({ body: 'own' }) });
    const answer = await fetch(`${url}/a`, { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(refused).toMatchObject([{ method: 'OPTIONS', status: 204 }]);
    expect(await (await fetch(`${url}/b`, { method: 'OPTIONS' })).text()).toBe('own');
    expect(done).toHaveLength(1);
  });

  it('knows OPTIONS * and addresses in absolute form', async () => {
    const { port } = await start({ 'GET /a': ({ query }) => ({ body: query }), 'POST /b': () => null });
    expect(await talk(port, 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 204 .*allow: GET, HEAD, OPTIONS, POST/s,
    );
    expect(await talk(port, 'GET http://other/a?x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 200 .*{"x":"1"}$/s,
    );
  });

  it('refuses WebSocket handshakes, and passes over other upgrades', async () => {
    const { port, refused } = await start({ 'GET /': () => ({ body: 'plain' }) });
    const upgrade = (to: string) => `GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\nUpgrade: ${to}\r\n\r\n`;
    expect(await talk(port, upgrade('websocket'))).toMatch(/^HTTP\/1.1 400 .*WebSocket/s);
    expect(refused).toMatchObject([{ status: 400 }]);
    expect(await talk(port, upgrade('h2c'))).toMatch(/^HTTP\/1.1 200 .*plain$/s);
  });

  it('answers 500 and tells of it when something beneath the run breaks', async () => {
    const { url, faults } = await start({
      'GET /': () => {
        throw new Error('bug with a secret');
      },
    });
    const answer = await fetch(url);
    expect(answer.status).toBe(500);
    expect(JSON.stringify(await problemOf(answer))).not.toMatch(/secret|stack/);
    expect(faults.splice(0)).toMatchObject([{ message: 'bug with a secret' }]);
  });
});

describe('update', () => {
  it('swaps routes while requests that run finish on the old ones', async () => {
    let finish: ((output: unknown) => void) | undefined;
    const { url, use } = await start({ 'GET /a': () => new Promise((resolve) => (finish = resolve)) });
    const running = fetch(`${url}/a`);
    while (finish === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    await use({ 'GET /b': () => ({ body: 'new' }) });
    expect((await fetch(`${url}/a`)).status).toBe(404);
    expect(await (await fetch(`${url}/b`)).text()).toBe('new');
    finish({ body: 'old' });
    expect(await (await running).text()).toBe('old');
  });

  it('loses no request of many while it swaps again and again', async () => {
    const version = (n: number): Served => ({ 'GET /v': () => ({ body: String(n) }) });
    const { url, use } = await start(version(0));
    let latest = 0;
    const seen: number[] = [];
    const clients = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 100; i++) {
        const floor = latest;
        const answer = Number(await (await fetch(`${url}/v`)).text());
        expect(answer).toBeGreaterThanOrEqual(floor);
        seen.push(answer);
      }
    });
    for (let n = 1; n <= 50; n++) {
      await use(version(n));
      latest = n;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(clients);
    expect(seen).toHaveLength(800);
    expect(serving.refused).toEqual([]);
  });
});
