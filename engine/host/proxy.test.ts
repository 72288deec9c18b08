import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeAuthority } from './authority-for-test.ts';
import type { Resolve } from './connect.ts';
import { echo, listen, listenBare, open, startProxy, text } from './send-for-test.ts';

const resolve: Resolve = async (host) =>
  ({ 'inside.example': ['169.254.169.254'], 'half.example': ['127.0.0.1', '169.254.169.254'] })[host] ?? ['127.0.0.1'];

describe('a proxy', () => {
  it('is asked for the checked address, and knows nothing more of the target', async () => {
    const target = await listen(echo);
    const { port, asked } = await startProxy();
    const answer = await open({}, { resolve })(`http://shop.example:${target}/a?secret=1`, {
      proxy: `http://me:p%40ss@proxy.example:${port}`,
      headers: { authorization: 'Bearer x' },
    });
    const { url, headers } = JSON.parse(text(answer));
    expect({ url, host: headers.host }).toEqual({ url: '/a?secret=1', host: `shop.example:${target}` });
    expect(headers).not.toHaveProperty('proxy-authorization');
    const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    expect(asked).toEqual([{ target: `127.0.0.1:${target}`, authorization }]);
  });

  it('carries TLS to the target, whose certificate is checked against its name', async () => {
    const { ca, issue } = makeAuthority();
    const target = await listen((_req, res) => res.end('secure'), https.createServer(issue('shop.example')));
    const proxy = `http://127.0.0.1:${(await startProxy()).port}`;
    const ask = open({}, { resolve });
    expect(text(await ask(`https://shop.example:${target}/`, { proxy, tls: { ca } }))).toBe('secure');
    await expect(ask(`https://other.example:${target}/`, { proxy, tls: { ca } })).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringMatching(/altnames/),
    });
    await expect(ask(`https://shop.example:${target}/`, { proxy })).rejects.toMatchObject({ code: 'request-failed' });
  });

  it('may speak TLS itself', async () => {
    const { ca, issue } = makeAuthority();
    const target = await listen((_req, res) => res.end('there'));
    const proxy = await startProxy(https.createServer(issue('proxy.example')));
    const ask = open({}, { resolve });
    const through = { proxy: `https://proxy.example:${proxy.port}` };
    expect(text(await ask(`http://shop.example:${target}/`, { ...through, tls: { ca } }))).toBe('there');
    await expect(ask(`http://shop.example:${target}/`, through)).rejects.toMatchObject({ code: 'request-failed' });
  });

  it('keeps its tunnels, and shares none with another user', async () => {
    const target = await listen((_req, res) => res.end());
    const { port, asked } = await startProxy();
    const ask = open({}, { resolve });
    for (const user of ['a', 'a', 'a', 'b']) {
      await ask(`http://shop.example:${target}/`, { proxy: `http://${user}:p@127.0.0.1:${port}` });
    }
    expect(asked.length).toBeLessThan(4);
    expect(new Set(asked.map(({ authorization }) => authorization)).size).toBe(2);
  });

  it.each([
    [407, 'user and password'],
    [403, 'may not allow'],
  ])('that answers %i lets the request fail without showing its password', async (status, why) => {
    const { port } = await startProxy(http.createServer(), () => status);
    const asking = open({}, { resolve })('http://shop.example/', { proxy: `http://me:topsecret@127.0.0.1:${port}` });
    await expect(asking).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringContaining(why),
      details: { lasting: true },
    });
    await expect(asking).rejects.toMatchObject({ message: expect.not.stringContaining('topsecret') });
  });

  it.each([
    ['speaks no HTTP', 'SSH-2.0-server\r\n'],
    ['ends at once', ''],
  ])('that %s lets the request fail', async (_what, greeting) => {
    const port = await listenBare(createServer((socket) => socket.on('error', () => {}).end(greeting)));
    await expect(
      open({}, { resolve })('http://shop.example/', { proxy: `http://127.0.0.1:${port}` }),
    ).rejects.toMatchObject({ code: 'request-failed' });
  });

  it('that is silent costs no more time than there is', async () => {
    const port = await listenBare(createServer((socket) => void socket.on('error', () => {})));
    const proxy = `http://127.0.0.1:${port}`;
    await expect(open({}, { resolve })('http://shop.example/', { proxy, timeoutMs: 50 })).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  it.each(['proxy.example:8080', 'socks5://127.0.0.1:1', 'ftp://127.0.0.1', ''])('is not %j', async (proxy) => {
    await expect(open({}, { resolve })('http://shop.example/', { proxy })).rejects.toMatchObject({
      code: 'input-invalid',
    });
  });
});

describe('the guard', () => {
  it.each([
    'http://169.254.169.254/',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'https://169.254.169.254/',
    'http://inside.example/',
    'http://half.example/',
  ])('does not let a proxy be asked for %s', async (url) => {
    const { port, asked } = await startProxy();
    await expect(open({}, { resolve })(url, { proxy: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'request-forbidden',
    });
    expect(asked).toEqual([]);
  });

  it('looks at what a redirect leads to through a proxy', async () => {
    const target = await listen((_req, res) => res.writeHead(302, { location: 'http://inside.example/keys' }).end());
    const { port, asked } = await startProxy();
    await expect(
      open({}, { resolve })(`http://shop.example:${target}/`, { proxy: `http://127.0.0.1:${port}` }),
    ).rejects.toMatchObject({ code: 'request-forbidden' });
    expect(asked.map((each) => each.target)).toEqual([`127.0.0.1:${target}`]);
  });

  it('keeps the control port out of reach of a proxy', async () => {
    const { port, asked } = await startProxy();
    await expect(
      open({}, { resolve }, { port: 4000 })('http://shop.example:4000/', { proxy: `http://127.0.0.1:${port}` }),
    ).rejects.toMatchObject({ code: 'request-forbidden' });
    expect(asked).toEqual([]);
  });

  it.each(['http://127.0.0.1:PORT', 'http://localhost:PORT', 'http://inside.example:PORT'])(
    'holds for the proxy %s',
    async (proxy) => {
      let connected = 0;
      const server = http.createServer().on('connection', () => {
        connected += 1;
      });
      const { port } = await startProxy(server);
      const outgoing = { private: false, allow: ['shop.example'] };
      await expect(
        open(outgoing, { resolve })('http://shop.example/', { proxy: proxy.replace('PORT', String(port)) }),
      ).rejects.toMatchObject({ code: 'request-forbidden' });
      expect(connected).toBe(0);
    },
  );
});
