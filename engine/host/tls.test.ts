import { once } from 'node:events';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { encryptKey, type Issued, makeAuthority } from './authority-for-test.ts';
import type { Resolve } from './connect.ts';
import { type Answers, echo, listen, open, text } from './send-for-test.ts';

const resolve: Resolve = async () => ['127.0.0.1'];
let ca: string;
let server: Issued;
let client: Issued;
beforeAll(() => {
  const authority = makeAuthority();
  ca = authority.ca;
  server = authority.issue('shop.example', 'other.example');
  client = authority.issue('sluice');
});

/** Answers with the name in the certificate that it was shown. */
const who: Answers = (req, res) => {
  const subject = (req.socket as TLSSocket).getPeerCertificate().subject;
  res.end(subject?.CN ?? 'nobody');
};
const asking = (answers: Answers = who, rejectUnauthorized = false) =>
  listen(answers, https.createServer({ ...server, ca, requestCert: true, rejectUnauthorized }));
const mutual = () => ({ ca, certificate: client.cert, key: client.key });

describe('TLS', () => {
  it('trusts an authority that the request names, and only for that request', async () => {
    const port = await asking();
    const ask = open({}, { resolve });
    expect(text(await ask(`https://shop.example:${port}/`, { tls: { ca } }))).toBe('nobody');
    await expect(ask(`https://shop.example:${port}/`)).rejects.toMatchObject({
      code: 'request-failed',
      details: { lasting: true },
    });
  });

  it('checks the certificate against the host, or against the name that the request gives', async () => {
    const port = await asking();
    const ask = open({}, { resolve });
    await expect(ask(`https://127.0.0.1:${port}/`, { tls: { ca } })).rejects.toMatchObject({ code: 'request-failed' });
    await expect(ask(`https://third.example:${port}/`, { tls: { ca } })).rejects.toMatchObject({
      code: 'request-failed',
    });
    for (const host of ['127.0.0.1', 'third.example']) {
      const answer = await ask(`https://${host}:${port}/`, { tls: { ca, serverName: 'shop.example' } });
      expect(answer.status).toBe(200);
    }
  });
});

describe('a client certificate', () => {
  it('is shown to a server that asks for it', async () => {
    const port = await asking(who, true);
    const ask = open({}, { resolve });
    expect(text(await ask(`https://shop.example:${port}/`, { tls: mutual() }))).toBe('sluice');
    await expect(ask(`https://shop.example:${port}/`, { tls: { ca } })).rejects.toMatchObject({
      code: 'request-failed',
    });
  });

  it('may have a key with a passphrase', async () => {
    const port = await asking(who, true);
    const tls = { ca, certificate: client.cert, key: encryptKey(client.key, 'opensesame'), passphrase: 'opensesame' };
    expect(text(await open({}, { resolve })(`https://shop.example:${port}/`, { tls }))).toBe('sluice');
  });

  it('does not stay on a connection that others use', async () => {
    const port = await asking();
    const ask = open({}, { resolve });
    const url = `https://shop.example:${port}/`;
    expect(text(await ask(url, { tls: mutual() }))).toBe('sluice');
    expect(text(await ask(url, { tls: { ca } }))).toBe('nobody');
    expect(text(await ask(url, { tls: mutual() }))).toBe('sluice');
  });

  it('follows a redirect within its origin, and none to another', async () => {
    const other = await asking();
    const port = await asking((req, res) => {
      if (req.url === '/out') res.writeHead(307, { location: `https://other.example:${other}/` }).end();
      else if (req.url === '/in') res.writeHead(307, { location: '/' }).end();
      else who(req, res);
    });
    const ask = open({}, { resolve });
    expect(text(await ask(`https://shop.example:${port}/in`, { tls: mutual() }))).toBe('sluice');
    expect(text(await ask(`https://shop.example:${port}/out`, { tls: mutual() }))).toBe('nobody');
  });

  const cases: [string, () => object, RegExp][] = [
    ['a certificate that is none', () => ({ certificate: 'none', key: client.key }), /`tls` cannot be used/],
    ['an authority that is none', () => ({ ca: 'none' }), /`tls` cannot be used/],
    ['the key of another', () => ({ certificate: client.cert, key: server.key }), /mismatch/],
    [
      'a wrong passphrase',
      () => ({ certificate: client.cert, key: encryptKey(client.key, 'a'), passphrase: 'wrong' }),
      /`tls` cannot be used/,
    ],
  ];
  it.each(cases)('is refused for %s', async (_what, tls, message) => {
    await expect(open({}, { resolve })('https://shop.example/', { tls: tls() })).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(message),
    });
  });
});

describe('a redirect from https to http', () => {
  it('leaves credentials behind, though the host is the same', async () => {
    const plain = await listen(echo);
    const port = await asking((_req, res) => res.writeHead(302, { location: `http://shop.example:${plain}/` }).end());
    const headers = { authorization: 'Bearer x', cookie: 'a=1', 'x-session-id': 's', accept: 'text/plain' };
    const answer = await open({}, { resolve })(`https://shop.example:${port}/`, { headers, tls: mutual() });
    const received = Object.keys(JSON.parse(text(answer)).headers);
    expect(received).toContain('accept');
    expect(received.filter((name) => /auth|cookie|session/.test(name))).toEqual([]);
  });
});

it('closes the connections of routes that were not used for long', async () => {
  const closed: Promise<unknown>[] = [];
  const port = await listen(
    (req, res) => {
      closed.push(once(req.socket, 'close'));
      res.end();
    },
    https.createServer({ ...server, keepAliveTimeout: 60_000 }),
  );
  const ask = open({}, { resolve });
  for (let i = 0; i <= 32; i++)
    await ask(`https://host-${i}.example:${port}/`, { tls: { ca, serverName: 'shop.example', passphrase: `${i}` } });
  await closed[0];
});
