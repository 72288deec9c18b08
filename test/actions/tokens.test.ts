import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import jwtDecode from '../../actions/data/jwt/decode.ts';
import jwtEncode from '../../actions/data/jwt/encode.ts';
import jwtSign from '../../actions/data/jwt/sign.ts';
import jwtVerify from '../../actions/data/jwt/verify.ts';
import type { ActionContext, HostResponse, Plain } from '../../actions/kit/index.ts';
import { runAction } from '../support/action-context.ts';
import { failure, noon, openWorld, run } from '../support/still-world.ts';

const pem = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
const jwk = (key: KeyObject): Plain => key.export({ format: 'jwk' }) as Plain;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pairs = {
  RS256: rsa,
  PS512: rsa,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const sign = (given: Plain, inside?: ActionContext): Promise<string> => run(jwtSign, { data: {}, ...given }, inside);
const secret = 'a-secret-of-at-least-32-random-bytes';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('signed tokens', () => {
  it.each(Object.entries(pairs))('%s, with keys in every form', async (algorithm, { privateKey, publicKey }) => {
    for (const key of [pem(privateKey), jwk(privateKey), JSON.stringify(jwk(privateKey))]) {
      const jwt = await sign({ data: { a: [1, null] }, key, algorithm, 'expires-in': 60, audience: ['x', 'y'] });
      expect(run(jwtDecode, { jwt, part: 'header' })).toMatchObject({ alg: algorithm, typ: 'JWT' });
      const claims = { a: [1, null], iat: noon / 1000, exp: noon / 1000 + 60, aud: ['x', 'y'] };
      for (const check of [pem(publicKey), jwk(publicKey), { keys: [jwk(publicKey)] }, pem(privateKey)]) {
        expect(await run(jwtVerify, { jwt, key: check, audience: 'y' })).toEqual(claims);
      }
    }
  });

  it('verifies with a certificate', async () => {
    const key = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUb0fQPQqcGpI78DL4lHu25KSLIYUwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOaXNzdWVyLmV4YW1wbGUwIBcNMjYxMTIxMTgxMjM4WhgPMjEy
NjEwMjgxODEyMzhaMBkxFzAVBgNVBAMMDmlzc3Vlci5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEPOoeOZIgDjvwgaN+yzfcUJ2jVShXe9BbmN+9HpDl
SI6NJF8gBd3uAZR+7h3dKF1w23/dSJppn+ZeFtFnMy9mCqNTMFEwHQYDVR0OBBYE
FMOY2B2tUm34e3xJkOZy137yLgvoMB8GA1UdIwQYMBaAFMOY2B2tUm34e3xJkOZy
137yLgvoMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgVc0NdZxl
z8ctrdKkIKCRFEcvIMQBzHx+bBiNBTXzdhQCIQDmIioCc+w1y3K2Uj2zNg20LllR
4ctfCpVKLAWS+DB8CQ==
-----END CERTIFICATE-----`;
    const jwt =
      'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.GWe95hwmfX5uebYPWGpMyyJ8QquA4a8VmWcwVCO9ewCrpUgWb74uGcHIjcc_qRBrGUnrECmJS6570qDh4ImG2g';
    expect(await run(jwtVerify, { jwt, key })).toEqual({ sub: 'ann' });
  });

  it('cannot be forged by what the token says of itself', async () => {
    const publicPem = pem(rsa.publicKey);
    const claims = part({ admin: true });
    const signed = await sign({ data: { admin: true }, key: pem(rsa.privateKey) });
    const forged = {
      'no signature': `${part({ alg: 'none' })}.${claims}.`,
      'no signature, written differently': `${part({ alg: 'nOnE' })}.${claims}.`,
      'no algorithm': `${part({})}.${claims}.AAAA`,
      'an algorithm that is no text': `${part({ alg: ['RS256'] })}.${claims}.AAAA`,
      'the public key as a secret': await sign({ data: { admin: true }, key: Buffer.from(publicPem) }),
      'the public key as a secret, trimmed': await sign({ data: { admin: true }, key: Buffer.from(publicPem.trim()) }),
      'a key of its own': await sign({ key: pem(pairs.ES256.privateKey), header: { jwk: jwk(pairs.ES256.publicKey) } }),
      'other claims': `${signed.split('.')[0]}.${part({ admin: 1 })}.${signed.split('.')[2]}`,
      'a cut signature': signed.slice(0, -4),
      'no signature at all': `${signed.split('.').slice(0, 2).join('.')}.`,
      'four parts': `${signed}.x`,
      'an unknown critical header': `${part({ alg: 'RS256', crit: ['exp'], exp: 1 })}.${claims}.AAAA`,
    };
    for (const [how, jwt] of Object.entries(forged)) {
      expect([how, await failure(jwtVerify, { jwt, key: publicPem })]).toEqual([how, 'token-invalid']);
    }
    expect(await failure(jwtVerify, { jwt: signed, key: publicPem })).toBe('none');
    expect(await failure(jwtVerify, { jwt: signed, key: publicPem, algorithms: ['PS256'] })).toBe('token-invalid');
    expect(await failure(jwtVerify, { jwt: signed, key: publicPem, algorithms: ['HS256'] })).toBe('key-invalid');
    expect(await failure(jwtVerify, { jwt: signed, key: { ...jwk(rsa.publicKey), alg: 'PS256' } })).toBe(
      'token-invalid',
    );
  });

  it.each([
    ['before its end', { 'expires-in': 60 }, 59, {}, 'none'],
    ['at its end', { 'expires-in': 60 }, 60, {}, 'token-expired'],
    ['at its end, with tolerance', { 'expires-in': 60 }, 60, { tolerance: 1 }, 'none'],
    ['too early', { data: { nbf: noon / 1000 + 10 } }, 9, {}, 'token-invalid'],
    ['too early, with tolerance', { data: { nbf: noon / 1000 + 10 } }, 9, { tolerance: 1 }, 'none'],
    ['in time', { data: { nbf: noon / 1000 + 10 } }, 10, {}, 'none'],
    ['young enough', {}, 30, { 'max-age': 30 }, 'none'],
    ['too old', {}, 31, { 'max-age': 30 }, 'token-expired'],
    ['of unknown age', { 'issued-at': false }, 0, { 'max-age': 30 }, 'token-invalid'],
    ['with an end that is no number', { data: { exp: 'never' } }, 0, {}, 'token-invalid'],
    ['from the right issuer', { issuer: 'a' }, 0, { issuer: ['b', 'a'] }, 'none'],
    ['from another issuer', { issuer: 'c' }, 0, { issuer: ['b', 'a'] }, 'token-invalid'],
    ['from nobody', {}, 0, { issuer: 'a' }, 'token-invalid'],
    ['for somebody else', { audience: ['a', 'b'] }, 0, { audience: 'c' }, 'token-invalid'],
    ['for nobody', {}, 0, { audience: 'c' }, 'token-invalid'],
    ['about somebody else', { subject: 'ann' }, 0, { subject: 'bob' }, 'token-invalid'],
  ])('%s', async (_, signed, secondsLater, demands, expected) => {
    const world = openWorld();
    const jwt = await sign({ key: secret, ...signed }, world.context);
    world.now += secondsLater * 1000;
    expect(await failure(jwtVerify, { jwt, key: secret, ...demands }, world.context)).toBe(expected);
  });

  it.each([
    ['an empty secret', ''],
    ['a secret that is shorter than the hash', 'x'.repeat(31)],
    ['a short secret in bytes', new Uint8Array(31)],
    ['a short secret as a JWK', { kty: 'oct', k: Buffer.alloc(31).toString('base64url') }],
    ['a JWK for encryption', { ...jwk(pairs.ES256.publicKey), use: 'enc' }],
    ['a secret JWK for encryption', { kty: 'oct', k: Buffer.from(secret).toString('base64url'), use: 'enc' }],
    ['a JWK for other operations', { ...jwk(pairs.ES256.publicKey), key_ops: ['deriveBits'] }],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
    ['an unknown curve', pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey)],
    ['a broken PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['broken JSON', '{"kty":'],
    ['an unknown type of JWK', { kty: 'XYZ' }],
    ['a JWK without its secret', { kty: 'oct' }],
    ['keys that are no list', { keys: {} }],
    ['too many keys', { keys: Array.from({ length: 101 }, () => ({})) }],
    ['no key at all', 7],
  ])('refuses %s', async (_, key) => {
    const jwt = await sign({ key: secret });
    expect(await failure(jwtVerify, { jwt, key })).toBe('key-invalid');
  });

  it.each([
    ['HS256', 31, 'key-invalid'],
    ['HS256', 32, 'none'],
    ['HS384', 47, 'key-invalid'],
    ['HS384', 48, 'none'],
    ['HS512', 63, 'key-invalid'],
    ['HS512', 64, 'none'],
  ])('%s with a secret of %i bytes: %s', async (algorithm, size, expected) => {
    const key = new Uint8Array(size).fill(7);
    expect(await failure(jwtSign, { data: {}, key, algorithm })).toBe(expected);
    const signed = `${part({ alg: algorithm })}.${part({})}`;
    const mac = createHmac(`sha${algorithm.slice(2)}`, key)
      .update(signed)
      .digest('base64url');
    expect(await failure(jwtVerify, { jwt: `${signed}.${mac}`, key, algorithms: [algorithm] })).toBe(expected);
    // What the token says of itself is no fault of the key.
    const byToken = expected === 'none' || size < 32 ? expected : 'token-invalid';
    expect(await failure(jwtVerify, { jwt: `${signed}.${mac}`, key })).toBe(byToken);
  });

  it('does not sign with a key for encryption', async () => {
    const key = { ...jwk(pairs.ES256.privateKey), use: 'enc' };
    expect(await failure(jwtSign, { data: {}, key })).toBe('key-invalid');
  });

  it('has one spelling of a signature only', async () => {
    const jwt = await sign({ key: secret });
    // The last of 43 characters stands for four bits of the signature, and two that are nothing.
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const other = `${jwt.slice(0, -1)}${digits[digits.indexOf(jwt.slice(-1)) + 1]}`;
    expect(await failure(jwtVerify, { jwt, key: secret })).toBe('none');
    for (const spelling of [`${jwt}=`, `${jwt}==`, other, `${jwt.slice(0, -9)}\n${jwt.slice(-9)}`])
      expect([spelling, await failure(jwtVerify, { jwt: spelling, key: secret })]).toEqual([spelling, 'token-invalid']);
  });

  it('says nothing of a key that it refuses', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----';
    await expect(async () => sign({ key })).rejects.toThrow(/^`key` is no PEM key that can sign/);
    await expect(async () => sign({ key })).rejects.not.toThrow('c2Vj');
  });

  it('reads what it wrote without a signature, and never verifies it', async () => {
    const data = JSON.parse('{"__proto__":{"a":1},"text":"ü"}') as Plain;
    const jwt = run<string>(jwtEncode, { data });
    expect(JSON.stringify(run(jwtDecode, { jwt }))).toBe(JSON.stringify(data));
    expect(await failure(jwtVerify, { jwt, key: secret })).toBe('token-invalid');
  });

  it('refuses claims that are nested too deeply, in place of running out of stack', async () => {
    const deep = Buffer.from(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`).toString('base64url');
    expect(await failure(jwtDecode, { jwt: `${part({ alg: 'HS256' })}.${deep}.AAAA` })).toBe('token-invalid');
    expect(await failure(jwtDecode, { jwt: `${'a'.repeat(1_000_000)}.a.a` })).toBe('token-invalid');
    expect(await failure(jwtDecode, { jwt: '.'.repeat(900_000) })).toBe('token-invalid');
  });
});

describe('keys at an address', () => {
  const url = 'https://issuer.example/keys';
  const set = (...keys: Plain[]): Partial<HostResponse> => ({ body: Buffer.from(JSON.stringify({ keys })) });
  const first = { ...jwk(pairs.ES256.publicKey), kid: 'first' };
  const second = { ...jwk(pairs.EdDSA.publicKey), kid: 'second' };
  const byFirst = { key: { ...jwk(pairs.ES256.privateKey), kid: 'first' } };
  const bySecond = { key: { ...jwk(pairs.EdDSA.privateKey), kid: 'second' } };
  const open = (...keys: Plain[]) => {
    const world = openWorld();
    world.answers[url] = set(...keys);
    const verify = (jwt: string, more: Plain = {}): Promise<string> =>
      failure(jwtVerify, { jwt, 'jwks-url': url, ...more }, world.context);
    return { world, verify };
  };

  it('are fetched once while they are fresh', async () => {
    const { world, verify } = open(first);
    const jwt = await sign(byFirst);
    expect([await verify(jwt), await verify(jwt)]).toEqual(['none', 'none']);
    expect(world.asked).toHaveLength(1);
    world.now += 600_000;
    expect(await verify(jwt)).toBe('none');
    expect(world.asked).toHaveLength(2);
  });

  it('are fetched anew for a new key, but not for every made-up one', async () => {
    const { world, verify } = open(first);
    expect(await verify(await sign(byFirst))).toBe('none');
    world.answers[url] = set(first, second);
    const rotated = await sign(bySecond);
    expect(await verify(rotated)).toBe('token-invalid');
    world.now += 30_000;
    expect(await verify(rotated)).toBe('none');
    for (let i = 0; i < 10; i += 1)
      expect(await verify(await sign({ ...bySecond, header: { kid: `${i}` } }))).toBe('token-invalid');
    expect(world.asked).toHaveLength(2);
  });

  it('that cannot be had are not asked for by every forged token', async () => {
    const { world, verify } = open(first);
    world.answers[url] = { status: 500 };
    const forged = await sign({ ...byFirst, header: { kid: 'made up' } });
    for (let i = 0; i < 10; i += 1) expect(await verify(forged)).toBe('response-invalid');
    expect(world.asked).toHaveLength(1);
    world.answers[url] = set(first);
    expect(await verify(await sign(byFirst))).toBe('response-invalid');
    world.now += 30_000;
    expect(await verify(await sign(byFirst))).toBe('none');
    expect(world.asked).toHaveLength(2);
  });

  it('stay good when fetching them anew for a made-up one fails', async () => {
    const { world, verify } = open(first);
    const good = await sign(byFirst);
    const forged = await sign({ ...byFirst, header: { kid: 'made up' } });
    expect(await verify(good)).toBe('none');
    world.now += 60_000;
    world.answers[url] = { status: 500 };
    for (let i = 0; i < 10; i += 1)
      expect([await verify(forged), await verify(good)]).toEqual(['response-invalid', 'none']);
    expect(world.asked).toHaveLength(2);
  });

  it('are fetched once for all who ask meanwhile, whatever comes of it, and without redirects', async () => {
    for (const [answer, cache, expected] of [
      [set(first), 600, 'none'],
      [set(first), 0, 'none'],
      [{ status: 500 }, 600, 'response-invalid'],
    ] as const) {
      const { world, verify } = open(first);
      world.answers[url] = answer;
      const jwt = await sign(byFirst);
      const codes = await Promise.all(Array.from({ length: 10 }, () => verify(jwt, { cache })));
      expect([new Set(codes), world.asked]).toEqual([new Set([expected]), [url]]);
      expect(world.redirects).toEqual([0]);
    }
  });

  it('are fetched by another when the run that fetches them ends', async () => {
    const { world, verify } = open(first);
    const jwt = await sign(byFirst);
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const hanging = {
      ...world.context.host,
      request: ({ url: asked, signal }: { url: string; signal: AbortSignal }) => {
        world.asked.push(asked);
        return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    const inside = { ...world.context, host: hanging, signal: controller.signal } as unknown as ActionContext;
    const leader = Promise.resolve(runAction(jwtVerify, { jwt, 'jwks-url': url }, inside));
    const ended = expect(leader).rejects.toBe(reason);
    const leaving = new AbortController();
    const left = Promise.resolve(
      runAction(jwtVerify, { jwt, 'jwks-url': url }, { ...world.context, signal: leaving.signal } as ActionContext),
    );
    const leftEarly = expect(left).rejects.toBe(reason);
    const followers = [verify(jwt), verify(jwt)];
    leaving.abort(reason);
    await leftEarly;
    controller.abort(reason);
    await ended;
    expect(await Promise.all(followers)).toEqual(['none', 'none']);
    expect(world.asked).toHaveLength(2);
  });

  it('count only under their own name, or all when the token names none', async () => {
    const { verify } = open(first, second, { kty: 'unknown' }, { ...second, use: 'enc' }, 'no key' as never);
    expect(await verify(await sign({ ...byFirst, header: { kid: 'second' } }))).toBe('token-invalid');
    expect(await verify(await sign({ key: jwk(pairs.ES256.privateKey) }))).toBe('none');
    expect(await verify(await sign({ key: jwk(generateKeyPairSync('ed25519').privateKey) }))).toBe('token-invalid');
  });

  it.each([
    [{ status: 500 }],
    [{ body: Buffer.from('<html>') }],
    [{ body: Buffer.from('[]') }],
    [{ body: Buffer.from('{"keys":{}}') }],
    [{ body: new Uint8Array(1_000_001) }],
  ])('refuses the answer %#', async (answer) => {
    const { world, verify } = open(first);
    world.answers[url] = answer;
    expect(await verify(await sign(byFirst))).toBe('response-invalid');
  });

  it.each(['file:///etc/passwd', 'issuer.example', 'javascript:1'])('does not ask %s', async (address) => {
    expect(await failure(jwtVerify, { jwt: await sign(byFirst), 'jwks-url': address })).toBe('input-invalid');
  });
});
