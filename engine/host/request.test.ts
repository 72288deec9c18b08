import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Resolve } from './connect.ts';
import { echo, listen, listenBare, open, text } from './send-for-test.ts';

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

  it.each([
    ['gzip, gzip', (data: string) => gzipSync(gzipSync(data))],
    ['br , identity,X-GZIP', (data: string) => gzipSync(brotliCompressSync(data))],
    ['deflate, br, gzip', (data: string) => gzipSync(brotliCompressSync(deflateSync(data)))],
  ] as const)('undoes %s, the last one first', async (coding, compress) => {
    const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(compress('Hello')));
    const answer = await open()(`http://127.0.0.1:${port}/`);
    expect(text(answer)).toBe('Hello');
    expect(answer.headers).not.toHaveProperty('content-encoding');
  });

  it('undoes codings that are named in headers of their own', async () => {
    const port = await listen((_req, res) =>
      res
        .writeHead(200, ['content-encoding', 'gzip', 'content-encoding', 'br'])
        .end(brotliCompressSync(gzipSync('Hello'))),
    );
    expect(text(await open()(`http://127.0.0.1:${port}/`))).toBe('Hello');
  });

  it.each(['zstd', 'gzip, zstd', 'zstd, gzip', 'constructor', 'identity', ','])(
    'leaves the body as it came for %s',
    async (coding) => {
      const body = gzipSync('Hello');
      const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(body));
      const answer = await open()(`http://127.0.0.1:${port}/`);
      expect(Buffer.from(answer.body)).toEqual(body);
      expect(answer.headers).toHaveProperty('content-encoding', coding);
    },
  );

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
    ['at once', (socket: Socket) => socket.end()],
    ['with a reset', (socket: Socket) => socket.resetAndDestroy()],
    ['after words that are no HTTP', (socket: Socket) => socket.end('SSH-2.0-server\r\n')],
    ['in the middle of the head', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-')],
    ['in the middle of the body', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf')],
  ])('since the connection ends %s fails with request-failed', async (_when, answer) => {
    const port = await listenBare(createServer((socket) => void answer(socket.on('error', () => {}))));
    await expect(open()(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'request-failed' });
  });

  it.each([
    ['head', () => {}],
    ['body', (_req: IncomingMessage, res: ServerResponse) => res.write('half')],
  ])('within its time (%s) fails with timeout', async (_what, answers) => {
    const port = await listen(answers);
    await expect(open()(`http://127.0.0.1:${port}/`, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('in time does not wait for the name or the connection', async () => {
    let answer = (_addresses: string[]): void => {};
    const resolve: Resolve = () =>
      new Promise((found) => {
        answer = found;
      });
    const asking = open({}, { resolve })('http://slow.example/', { timeoutMs: 50 });
    await expect(asking).rejects.toMatchObject({ code: 'timeout' });
    answer([]);
  });

  it('before its run ends fails with the reason of that', async () => {
    const port = await listen(() => {});
    const controller = new AbortController();
    const request = open()(`http://127.0.0.1:${port}/`, { signal: controller.signal, timeoutMs: 10_000 });
    const reason = new Error('the run was cancelled');
    setTimeout(() => controller.abort(reason), 50);
    await expect(request).rejects.toBe(reason);
  });

  it('ends the transfer when its run does', async () => {
    const controller = new AbortController();
    const left = new Promise<void>((resolve) => {
      void listen((_req, res) => {
        res.on('close', () => resolve()).write('half');
        setTimeout(() => controller.abort(new Error('over')), 20);
      }).then((port) =>
        open()(`http://127.0.0.1:${port}/`, { signal: controller.signal }).catch((thrown) => {
          expect(thrown.message).toBe('over');
        }),
      );
    });
    await left;
  });

  it('is named without what is long in its address', async () => {
    const path = 'x'.repeat(10_000);
    const asking = open()(`http://127.0.0.1:1/${path}?secret=1`);
    await expect(asking).rejects.toMatchObject({
      message: expect.stringMatching(/^GET http:..127.0.0.1:1 got no answer/),
    });
    await expect(open()(path)).rejects.toMatchObject({ message: expect.stringContaining('10000 characters') });
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
      code: 'too-large',
      message: expect.stringContaining('100000 bytes'),
    });
    expect(sent).toBeLessThan(10_000);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('is refused when it grows (%s)', async (coding, compress) => {
    const port = await listen((_req, res) =>
      res.writeHead(200, { 'content-encoding': coding }).end(compress(Buffer.alloc(10_000_000))),
    );
    await expect(open({}, options)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'too-large' });
  });

  it.each([
    ['at the end', 'gzip, gzip', () => gzipSync(gzipSync(Buffer.alloc(10_000_000)))],
    // What gives nothing in the end may still be long in between.
    [
      'in between',
      'gzip, gzip',
      () => gzipSync(Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(200_000, '000000ffff', 'hex')])),
    ],
  ])('is refused when it grows %s', async (_where, coding, compress) => {
    const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(compress()));
    await expect(open({}, options)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('is refused when it has more than three codings, and its connection ends', async () => {
    let ended = (): void => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const port = await listen((_req, res) =>
      res.on('close', ended).writeHead(200, { 'content-encoding': 'gzip,gzip,gzip,gzip' }).write('half'),
    );
    await expect(open({}, options)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'request-failed',
      details: { lasting: true },
    });
    await end;
  });

  it('is refused when it is long and gives nothing', async () => {
    // An empty block of DEFLATE, again and again.
    const nothing = Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(200_000, '000000ffff', 'hex')]);
    const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(nothing));
    await expect(open({}, options)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('has the bound that the request gives it', async () => {
    const port = await listen((_req, res) => res.end(Buffer.alloc(100_001)));
    const ask = open({}, options);
    expect((await ask(`http://127.0.0.1:${port}/`, { maxBytes: 100_001 })).body).toHaveLength(100_001);
    await expect(ask(`http://127.0.0.1:${port}/`, { maxBytes: 10 })).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('10 bytes'),
    });
  });

  it.each([
    ['cut off', gzipSync('Hello').subarray(0, 15)],
    ['something else', Buffer.from('Hello')],
  ])('is not taken for whole when its coding is %s', async (_what, body) => {
    const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
    await expect(open({}, options)(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringContaining('gzip'),
      details: { lasting: true },
    });
  });

  it('may be empty whatever coding it names', async () => {
    const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end());
    const ask = open({}, options);
    for (const method of ['GET', 'HEAD'])
      expect((await ask(`http://127.0.0.1:${port}/`, { method })).body).toHaveLength(0);
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

  it('to another origin takes along only headers that never carry a right', async () => {
    const other = await listen(echo);
    const port = await listen((_req, res) => res.writeHead(307, { location: `http://127.0.0.1:${other}/b` }).end());
    const kept = {
      accept: 'a/b',
      'accept-language': 'de',
      'content-type': 'text/x',
      'user-agent': 'me',
      traceparent: '00-1-2-03',
      'x-request-id': 'r1',
      'if-none-match': '"e"',
      range: 'bytes=0-9',
      'cache-control': 'no-cache',
    };
    const names =
      'Ocp-Apim-Subscription-Key x-functions-key x-access-key api_key x-jwt x-pass x-pin x-sig x-key x-amz-security x-tenant referer';
    const left = Object.fromEntries(names.split(' ').map((name) => [name, 'secret']));
    const answer = await open()(`http://127.0.0.1:${port}/a`, {
      method: 'POST',
      headers: { ...left, ...kept },
      body: 'data',
    });
    const { headers, body } = JSON.parse(text(answer));
    expect(headers).toMatchObject(kept);
    expect(Object.values(headers)).not.toContain('secret');
    expect(body).toBe('data');
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

  it.each([0, 1, 2])('is followed as often as is asked: %i', async (redirects) => {
    const port = await listen((req, res) => {
      res.writeHead(302, { location: `${req.url}x` }).end('moved');
    });
    const asking = open()(`http://127.0.0.1:${port}/`, { redirects });
    if (redirects === 0) expect(await asking).toMatchObject({ status: 302, headers: { location: '/x' } });
    else await expect(asking).rejects.toMatchObject({ message: expect.stringContaining(`${redirects} times`) });
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
    await expect(open({}, {}, { port: control })(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
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
      await expect(open({ allow: ['*'] }, {}, { port })(`http://${name}:${port}/`)).rejects.toMatchObject({
        code: 'request-forbidden',
      });
    }
  });
});
