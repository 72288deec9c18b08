import { describe, expect, it } from 'vitest';
import type { HostCookie } from '../../actions/kit/define.ts';
import type { Resolve } from './connect.ts';
import { type Jar, openJar } from './cookies.ts';
import { listen, open, text } from './send-for-test.ts';

const cookie = (more: Partial<HostCookie> = {}): HostCookie => ({
  name: 'a',
  value: '1',
  domain: 'shop.example',
  path: '/',
  hostOnly: true,
  secure: false,
  httpOnly: false,
  expires: null,
  ...more,
});
const sent = async (given: Partial<HostCookie>, url: string): Promise<string> =>
  (await openJar([cookie(given)])).headerFor(new URL(url));
const set = async (line: string, url = 'https://shop.example/in/here'): Promise<Jar> => {
  const jar = await openJar([]);
  jar.take(new URL(url), line);
  return jar;
};

describe('a cookie', () => {
  it.each<[string, Partial<HostCookie>, string, boolean]>([
    ['to its host', {}, 'http://shop.example/', true],
    ['whatever the port', {}, 'https://shop.example:8443/a', true],
    ['to no host below when it is the own one of its host', {}, 'http://api.shop.example/', false],
    ['to hosts below otherwise', { hostOnly: false }, 'http://api.shop.example/', true],
    ['to no host that only ends alike', { hostOnly: false }, 'http://evilshop.example/', false],
    ['to no other host', {}, 'http://other.example/', false],
    ['by https when it is secure', { secure: true }, 'https://shop.example/', true],
    ['not by http when it is secure', { secure: true }, 'http://shop.example/', false],
    ['to its path', { path: '/in' }, 'http://shop.example/in/here', true],
    ['to no other path', { path: '/in' }, 'http://shop.example/inside', false],
    ['as long as it lasts', { expires: '2100-01-01T00:00:00.000Z' }, 'http://shop.example/', true],
    ['no longer', { expires: '2020-01-01T00:00:00.000Z' }, 'http://shop.example/', false],
  ])('goes %s', async (_where, given, url, goes) => expect(await sent(given, url)).toBe(goes ? 'a=1' : ''));

  it.each<[string, string, Partial<HostCookie> | null]>([
    ['for its host and path', 's=1', { name: 's', path: '/in', hostOnly: true }],
    ['for a domain around its host', 's=1; Domain=shop.example; Path=/', { domain: 'shop.example', hostOnly: false }],
    ['with its marks', 's=1; Secure; HttpOnly', { secure: true, httpOnly: true }],
    ['until its age is over', 's=1; Max-Age=1000', { expires: expect.stringMatching(/^20.*Z$/) as never }],
    ['not for another host', 's=1; Domain=other.example', null],
    ['not for a public suffix', 's=1; Domain=co.uk', null],
    ['not for all of example', 's=1; Domain=example', null],
    ['not when it is over already', 's=1; Max-Age=0', null],
    ['not when it is too long', `s=${'x'.repeat(9000)}`, null],
    ['not with a prefix that it has no right to', '__Host-s=1; Path=/in', null],
    ['not when it is nonsense', '=;;;', null],
    ['by a name that objects have', '__proto__=1', { name: '__proto__' }],
  ])('is kept %s', async (_how, line, kept) => {
    const list = (await set(line)).list();
    if (kept === null) expect(list).toEqual([]);
    else expect(list).toEqual([expect.objectContaining(kept)]);
  });

  it('survives in the list as it was', async () => {
    const list = (await set('s=1; Domain=shop.example; Max-Age=1000; Secure; HttpOnly')).list();
    expect((await openJar(list)).list()).toEqual(list);
  });

  it('is replaced and removed by the server that set it', async () => {
    const jar = await openJar([cookie(), cookie({ name: 'b' })]);
    jar.take(new URL('http://shop.example/'), ['a=2; Path=/', 'b=; Path=/; Max-Age=0']);
    expect(jar.list().map(({ name, value }) => [name, value])).toEqual([['a', '2']]);
  });
});

describe('a request with a jar', () => {
  const resolve: Resolve = async () => ['127.0.0.1'];

  it('sends what a redirect set, to whom it belongs', async () => {
    const received: (string | undefined)[] = [];
    const port = await listen((req, res) => {
      received.push(`${req.headers.host?.split(':')[0]}${req.url} ${req.headers.cookie}`);
      if (req.url === '/login') res.writeHead(303, { 'set-cookie': 'session=s; HttpOnly', location: '/home' }).end();
      else if (req.url === '/home')
        res
          .writeHead(307, { location: `http://other.example:${port}/out`, 'set-cookie': ['b=2', 'c=3; Path=/x'] })
          .end();
      else res.writeHead(200, { 'set-cookie': 'other=o' }).end('done');
    });
    const ask = open({}, { resolve });
    const answer = await ask(`http://shop.example:${port}/login`, {
      method: 'POST',
      cookies: [cookie()],
      headers: { cookie: 'own=x' },
    });
    expect(text(answer)).toBe('done');
    expect(received).toEqual([
      'shop.example/login own=x; a=1',
      'shop.example/home own=x; a=1; session=s',
      'other.example/out undefined',
    ]);
    expect(answer.cookies?.map(({ name, domain }) => `${name} ${domain}`).sort()).toEqual([
      'a shop.example',
      'b shop.example',
      'c shop.example',
      'other other.example',
      'session shop.example',
    ]);
  });

  it('keeps no cookies without one', async () => {
    const port = await listen((_req, res) => res.writeHead(200, { 'set-cookie': 'a=1' }).end());
    expect(await open()(`http://127.0.0.1:${port}/`)).not.toHaveProperty('cookies');
  });
});
