import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyOf, type Serving, serve, talk } from './serve-for-test.ts';

let serving: Serving;
afterEach(async () => {
  await serving.close();
  expect(serving.faults).toEqual([]);
});

const start = async (limits: { headersMs?: number; requestMs?: number } = {}) => {
  serving = await serve(
    { 'GET /': () => ({ body: 'fine' }), 'POST /': ({ body }) => ({ body }) },
    { limits: { requestBytes: 1000, ...limits } },
  );
  return serving.port;
};

describe('what is no proper request', () => {
  it.each([
    ['text of another protocol', 'SSH-2.0-client\r\n\r\n', 400],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a chunk without a size', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
    ['a target that is no path', 'GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['101 headers', `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: 1\r\n'.repeat(100)}\r\n`, 431],
    ['17 KB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(17 * 1024)}\r\n\r\n`, 431],
    ['100 KB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100 * 1024)}\r\n\r\n`, 431],
    ['an address of 64 KB', `GET /${'a'.repeat(64 * 1024)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
    ['an expectation of tea', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n', 417],
    ['a tunnel', 'CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n', 405],
  ])('%s is answered with a problem, and the connection closes', async (_what, text, status) => {
    const answer = await talk(await start(), text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/connection: close/i);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(bodyOf(answer)).toMatchObject({ type: 'about:blank', status });
    expect(answer).not.toMatch(/ at .*\.ts|node:internal/);
    expect(serving.refused.map((request) => request.status)).toEqual([status]);
    expect(serving.done).toEqual([]);
  });

  it('after a proper request lets that one be answered first', async () => {
    const answer = await talk(await start(), 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'nonsense\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 .*fine/s);
    expect(serving.done).toHaveLength(1);
  });

  it('leaves other connections alone', async () => {
    const port = await start();
    const slow = connect(port, '127.0.0.1');
    slow.write('GET / HTTP/1.1\r\n');
    await talk(port, 'nonsense\r\n\r\n');
    slow.end('Host: x\r\nConnection: close\r\n\r\n');
    expect(String((await once(slow, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('pipelined requests', () => {
  it('are answered in order', async () => {
    const port = await start();
    const post = (body: string, more = '') =>
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
    const answer = await talk(port, post('one') + post('two') + post('three', 'Connection: close\r\n'));
    expect(answer.match(/\r\n\r\n(one|two|three)/g)?.map((text) => text.trim())).toEqual(['one', 'two', 'three']);
  });
});

const closed = async () => {
  while (serving.server.connections() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('slow clients', () => {
  it.each([
    ['headers', { headersMs: 100, requestMs: 60_000 }, 'GET / HTTP/1.1\r\nHost: x\r\nX-'],
    ['nothing at all', { headersMs: 100, requestMs: 60_000 }, ''],
    ['a body', { headersMs: 100, requestMs: 200 }, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf'],
  ])('that send %s too slowly get 408', async (_what, limits, text) => {
    const answer = await talk(await start(limits), text);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(bodyOf(answer)).toMatchObject({ status: 408 });
    expect(serving.refused.map(({ status }) => status)).toEqual([408]);
    await closed();
  });

  it.each(['destroy', 'resetAndDestroy'] as const)(
    'that go away while they send (%s) leave a record',
    async (leave) => {
      const socket = connect(await start(), '127.0.0.1');
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n');
      await once(socket, 'data');
      socket[leave]();
      await closed();
      expect(serving.refused).toMatchObject([{ method: 'POST', path: '/', status: 400, bytesIn: 0 }]);
      expect(serving.done).toEqual([]);
    },
  );

  it('that go away before their answer still let the run end', async () => {
    let finish: ((output: unknown) => void) | undefined;
    serving = await serve({ 'GET /': () => new Promise((resolve) => (finish = resolve)) });
    const socket = connect(serving.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    while (finish === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    await closed();
    finish({ body: 'too late' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(serving.done).toEqual([{ method: 'GET', status: 200, bytesIn: 0, bytesOut: 0, unsendable: null }]);
  });
});
