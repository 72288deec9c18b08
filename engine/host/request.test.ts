import { once } from 'node:events';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostRequest } from '../../actions/kit/define.ts';
import type { Resolve } from './connect.ts';
import { createHost, type HostOptions } from './host.ts';
import type { OutgoingSettings } from './outgoing-guard.ts';

type Answers = (req: IncomingMessage, res: ServerResponse) => void;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const listen = async (answers: Answers, server: Server = http.createServer()): Promise<number> => {
  server.on('request', answers).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
};
const open = (outgoing: Partial<OutgoingSettings> = {}, options: HostOptions = {}, port = 0) => {
  const host = createHost(
    { dataDir: '/nowhere', port, outgoing: { private: true, allow: [], deny: [], ...outgoing } },
    options,
  );
  closing.unshift(() => host.close());
  return (url: string, more: Partial<HostRequest> = {}) =>
    host.request({ method: 'GET', url, headers: {}, signal: new AbortController().signal, ...more });
};
const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();
const echo: Answers = async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  res.end(
    JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body: Buffer.concat(chunks).toString() }),
  );
};

describe('request', () => {
  it('sends method, headers and body, and gives status, headers and bytes', async () => {
    const port = await listen((req, res) => {
      res.writeHead(201, { 'X-Many': ['a', 'b'], 'Set-Cookie': ['a=1', 'b=2'] });
      echo(req, res);
    });
    const answer = await open()(`http://127.0.0.1:${port}/a?b=c`, {
      method: 'post',
      headers: { 'X-Own': 'v' },
      body: 'data',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ 'x-many': 'a, b', 'set-cookie': 'a=1\nb=2' });
    expect(JSON.parse(text(answer))).toMatchObject({
      method: 'POST',
      url: '/a?b=c',
      headers: { 'x-own': 'v' },
      body: 'data',
    });
  });

  it('turns a user in the address into a header', async () => {
    const port = await listen(echo);
    const answer = await open()(`http://me:p%40ss@127.0.0.1:${port}/`);
    expect(JSON.parse(text(answer)).headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('undoes %s', async (coding, compress) => {
    const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(compress('Hello')));
    const answer = await open()(`http://127.0.0.1:${port}/`);
    expect(text(answer)).toBe('Hello');
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  it('speaks TLS, and checks the certificate against the name', async () => {
    const { testCertificate } = await import('../worker/http/certificate-for-test.ts');
    const port = await listen((_req, res) => res.end('secure'), https.createServer(testCertificate));
    await expect(open()(`https://localhost:${port}/`)).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringMatching(/self-signed/),
    });
  });

  it('reaches a host whose first address is dead', async () => {
    const port = await listen((_req, res) => res.end('there'));
    const resolve: Resolve = async () => ['::1', '127.0.0.1'];
    expect(text(await open({}, { resolve })(`http://two.example:${port}/`))).toBe('there');
  });

  it('keeps connections and shares them', async () => {
    const ports = new Set<number | undefined>();
    const port = await listen((req, res) => {
      ports.add(req.socket.remotePort);
      res.end();
    });
    const request = open();
    for (let i = 0; i < 20; i++) await request(`http://127.0.0.1:${port}/`);
    expect(ports.size).toBeLessThan(5);
  });
});

describe('a request that gets no answer', () => {
  it('fails with request-failed', async () => {
    const port = await listen((req) => req.socket.destroy());
    await expect(open()(`http://127.0.0.1:${port}/x?secret=1`)).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.not.stringContaining('secret'),
    });
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port: free } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    await expect(open()(`http://127.0.0.1:${free}/`)).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    const resolve: Resolve = async (host) => Promise.reject(new Error(`getaddrinfo ENOTFOUND ${host}`));
    await expect(open({}, { resolve })('http://none.example/')).rejects.toMatchObject({ code: 'request-failed' });
  });

  it.each([
    ['head', () => {}],
    ['body', (_req: IncomingMessage, res: ServerResponse) => res.write('half')],
  ])('within its time (%s) fails with timeout', async (_what, answers) => {
    const port = await listen(answers);
    await expect(open()(`http://127.0.0.1:${port}/`, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('before its run ends fails with the reason of that', async () => {
    const port = await listen(() => {});
    const controller = new AbortController();
    const request = open()(`http://127.0.0.1:${port}/`, { signal: controller.signal, timeoutMs: 10_000 });
    const reason = new Error('the run was cancelled');
    setTimeout(() => controller.abort(reason), 50);
    await expect(request).rejects.toBe(reason);
  });

  it('because its headers are none fails with input-invalid', async () => {
    const port = await listen(echo);
    await expect(open()(`http://127.0.0.1:${port}/`, { headers: { 'x-a': 'b\r\nx: y' } })).rejects.toMatchObject({
      code: 'input-invalid',
    });
    await expect(open()('not a url')).rejects.toMatchObject({ code: 'input-invalid' });
  });
});

describe('an answer that is too large', () => {
  const options = { maxAnswerBytes: 100_000 };
  it('is cut off while it comes', async () => {
    let sent = 0;
    const port = await listen((_req, res) => {
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(10_000))) sent++;
        sent++;
      };
      res.on('drain', more);
      more();
    });
    await expect(open({}, options)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringContaining('100000 bytes'),
    });
    expect(sent).toBeLessThan(10_000);
  });

  it('is refused when it grows', async () => {
    const port = await listen((_req, res) =>
      res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))),
    );
    await expect(open({}, options)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'request-failed' });
  });
});

describe('a redirect', () => {
  const credentials = { authorization: 'Bearer x', cookie: 'a=1', 'x-api-key': 'k', accept: 'text/plain' };

  it('within an origin keeps everything', async () => {
    const port = await listen((req, res) =>
      req.url === '/a' ? res.writeHead(307, { location: '/b' }).end('moved') : echo(req, res),
    );
    const answer = await open()(`http://127.0.0.1:${port}/a`, { method: 'POST', headers: credentials, body: 'data' });
    expect(JSON.parse(text(answer))).toMatchObject({ method: 'POST', url: '/b', headers: credentials, body: 'data' });
  });

  it('to another origin leaves credentials behind', async () => {
    const other = await listen(echo);
    const port = await listen((_req, res) => res.writeHead(302, { location: `http://127.0.0.1:${other}/b` }).end());
    const answer = await open()(`http://me:secret@127.0.0.1:${port}/a`, {
      headers: { ...credentials, authorization: 'Bearer x' },
    });
    const { headers } = JSON.parse(text(answer));
    expect(headers.accept).toBe('text/plain');
    expect(Object.keys(headers).filter((name) => /auth|cookie|key/.test(name))).toEqual([]);
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', 'data'],
    [308, 'POST', 'POST', 'data'],
  ])('%i of a %s goes on as %s', async (status, method, next, body) => {
    const port = await listen((req, res) =>
      req.url === '/a' ? res.writeHead(status, { location: 'b' }).end() : echo(req, res),
    );
    const answer = await open()(`http://127.0.0.1:${port}/a`, {
      method,
      body: 'data',
      headers: { 'content-type': 'text/plain' },
    });
    const { headers, ...asked } = JSON.parse(text(answer));
    expect(asked).toEqual({ method: next, url: '/b', body });
    expect(headers['content-type']).toBe(body === '' ? undefined : 'text/plain');
  });

  it('is followed five times and no more', async () => {
    const port = await listen((req, res) => {
      const left = Number(req.url?.slice(1));
      if (left === 0) res.end('arrived');
      else res.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const request = open();
    expect(text(await request(`http://127.0.0.1:${port}/5`))).toBe('arrived');
    await expect(request(`http://127.0.0.1:${port}/6`)).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringContaining('5 times'),
    });
  });

  it.each([
    ['to what is forbidden', 'http://169.254.169.254/latest'],
    ['to another scheme', 'file:///etc/passwd'],
    ['to the control port', 'CONTROL'],
  ])('%s is refused', async (_what, location) => {
    const control = await listen((_req, res) => res.end('control'));
    const port = await listen((_req, res) =>
      res.writeHead(302, { location: location.replace('CONTROL', `http://127.0.0.1:${control}/`) }).end(),
    );
    await expect(open({}, {}, control)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'request-forbidden',
    });
  });
});

describe('what may be called', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://１２７.0.0.1:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://rebound.example:PORT/',
    'http://169.254.169.254/',
    'http://0.0.0.0:PORT/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'unix:/var/run/docker.sock',
  ])('is not %s with private off', async (url) => {
    let connected = 0;
    const server = http.createServer();
    server.on('connection', () => connected++);
    const port = await listen((_req, res) => res.end('inside'), server);
    const resolve: Resolve = async (host) =>
      host === 'rebound.example' ? ['93.184.216.34', '127.0.0.1'] : ['127.0.0.1'];
    await expect(open({ private: false }, { resolve })(url.replace('PORT', String(port)))).rejects.toMatchObject({
      code: 'request-forbidden',
    });
    expect(connected).toBe(0);
  });

  it('asks the name server once for each connection, and connects to what was checked', async () => {
    const port = await listen((_req, res) => res.end('checked'));
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    const resolve: Resolve = async () => answers[asked++] ?? [];
    expect(text(await open({}, { resolve })(`http://rebinding.example:${port}/`))).toBe('checked');
    expect(asked).toBe(1);
  });

  it('is never the control port, by any name of this machine', async () => {
    const port = await listen((_req, res) => res.end('control'));
    for (const name of ['127.0.0.1', 'localhost', '127.8.8.8', '[::1]', '[::ffff:127.0.0.1]']) {
      await expect(open({ allow: ['*'] }, {}, port)(`http://${name}:${port}/`)).rejects.toMatchObject({
        code: 'request-forbidden',
      });
    }
  });
});
