import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import hashTableDelete from '../../actions/hash-table/delete-data.ts';
import hashTableSet from '../../actions/hash-table/set-data.ts';
import type { Plain } from '../../actions/kit/index.ts';
import { digestId } from '../../actions/webhook/schemes.ts';
import webhookSign from '../../actions/webhook/sign.ts';
import webhookVerify from '../../actions/webhook/verify.ts';
import { runAction } from '../support/action-context.ts';
import { failure, noon, openWorld, run, type World } from '../support/still-world.ts';

describe('webhooks', () => {
  const body = '{"event":"order.created","id":7}';
  const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const schemes = [
    ['standard', standardSecret, 'whsec_plJ3nmyCDGBKInavdOK15jsl'],
    ['github', 'a secret', 'another'],
    ['stripe', 'whsec_x', 'whsec_y'],
    ['slack', 'a secret', 'another'],
  ] as const;
  const deliver = (scheme: string, secret: string, world: World): Plain =>
    run(webhookSign, { scheme, body, secret }, world.context);

  it.each(schemes)('%s: right, changed, cut, wrong, missing, rotated', async (scheme, secret, other) => {
    const world = openWorld();
    const headers = deliver(scheme, secret, world) as Record<string, string>;
    const given = { scheme, body, headers, secret };
    const verify = (change: Plain): Promise<string> => failure(webhookVerify, { ...given, ...change }, world.context);
    expect(await verify({})).toBe('none');
    expect(await verify({ body: Buffer.from(body) })).toBe('none');
    expect(await verify({ secret: [other, secret] })).toBe('none');
    expect(await verify({ secret: other })).toBe('signature-invalid');
    expect(await verify({ body: `${body} ` })).toBe('signature-invalid');
    expect(await verify({ body: JSON.stringify(JSON.parse(body), null, 1) })).toBe('signature-invalid');
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(await verify({ headers: upper })).toBe('none');
    for (const name of Object.keys(headers)) {
      const value = headers[name] as string;
      for (const broken of ['', value.slice(0, -2), `${value.slice(0, -1)}!`, undefined, ['a', 'b'], { a: 1 }]) {
        expect([name, broken, await verify({ headers: { ...headers, [name]: broken } })]).toEqual([
          name,
          broken,
          'signature-invalid',
        ]);
      }
    }
  });

  it.each(schemes.filter(([scheme]) => scheme !== 'github'))(
    '%s: old, early, and with a time that was not signed',
    async (scheme, secret) => {
      const world = openWorld();
      const headers = deliver(scheme, secret, world) as Record<string, string>;
      const at = async (seconds: number, more: Plain = {}): Promise<string> => {
        world.now = noon + seconds * 1000;
        return failure(webhookVerify, { scheme, body, headers, secret, ...more }, world.context);
      };
      expect(await at(300)).toBe('none');
      expect(await at(301)).toBe('signature-invalid');
      expect(await at(301, { tolerance: 301 })).toBe('none');
      expect(await at(-300)).toBe('none');
      expect(await at(-301)).toBe('signature-invalid');
      const later = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          value.replace(String(noon / 1000), String(noon / 1000 + 1000)),
        ]),
      );
      expect(await at(1000, { headers: later })).toBe('signature-invalid');
    },
  );

  it.each(schemes)('%s: a repetition, when only the first counts', async (scheme, secret) => {
    const world = openWorld();
    const headers = deliver(scheme, secret, world);
    const given = { scheme, body, headers, secret, once: true };
    expect(await failure(webhookVerify, { ...given, body: `${body} ` }, world.context)).toBe('signature-invalid');
    expect(await failure(webhookVerify, given, world.context)).toBe('none');
    expect(await failure(webhookVerify, given, world.context)).toBe('webhook-repeated');
    expect(await failure(webhookVerify, { ...given, once: false }, world.context)).toBe('none');
  });

  it('remembers what came first, whatever is written to tables', async () => {
    const world = openWorld();
    const given = { scheme: 'github', body, secret: 'a secret', once: true };
    const headers = deliver('github', 'a secret', world);
    const { id } = (await run(webhookVerify, { ...given, headers }, world.context)) as { id: string };
    const key = `github:${digestId(id)}`;
    const place = { 'table-id': 'webhook/verify', key };
    await run(hashTableDelete, place, world.context);
    for (let index = 0; index < 2000; index += 1)
      await run(
        hashTableSet,
        { 'table-id': 'webhook/verify', key: `${index}`, value: 'x'.repeat(1000) },
        world.context,
      );
    expect(await failure(webhookVerify, { ...given, headers }, world.context)).toBe('webhook-repeated');

    const other = openWorld();
    await run(hashTableSet, { ...place, value: true }, other.context);
    expect(await failure(webhookVerify, { ...given, headers }, other.context)).toBe('none');
  });

  it.each([
    [300, 3600],
    [86_400, 172_800],
  ])('remembers what came first with a tolerance of %i s for %i s', async (tolerance, seconds) => {
    const world = openWorld();
    const given = { scheme: 'github', body, secret: 'a secret', once: true, tolerance };
    const headers = deliver('github', 'a secret', world);
    const verify = (): Promise<string> => failure(webhookVerify, { ...given, headers }, world.context);
    expect(await verify()).toBe('none');
    world.now += seconds * 1000 - 1;
    expect(await verify()).toBe('webhook-repeated');
    world.now += 1;
    expect(await verify()).toBe('none');
  });

  it('standard: several signatures, of which one is right, and none of another version', async () => {
    const world = openWorld();
    const headers = deliver('standard', standardSecret, world) as Record<string, string>;
    const right = headers['webhook-signature'] as string;
    const verify = (signature: string): Promise<string> =>
      failure(
        webhookVerify,
        { scheme: 'standard', body, headers: { ...headers, 'webhook-signature': signature }, secret: standardSecret },
        world.context,
      );
    expect(await verify(`v1,AAAA v2,x ${right}`)).toBe('none');
    expect(await verify(right.replace('v1,', 'v1a,'))).toBe('signature-invalid');
    expect(await verify(right.replace('v1,', 'v2,'))).toBe('signature-invalid');
    expect(await verify(`${'v1,AAAA '.repeat(20)}${right}`)).toBe('signature-invalid');
  });

  it('standard: what the reference gives, also under the names of Svix', async () => {
    const world = openWorld();
    world.now = 1_614_265_330_000;
    const given = {
      scheme: 'standard',
      body: '{"test": 2432232314}',
      secret: standardSecret,
      headers: {
        'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'svix-timestamp': '1614265330',
        'svix-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
    };
    expect(run(webhookVerify, given, world.context)).toEqual({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
    });
  });

  it('standard: public keys', async () => {
    const { sign: signBytes } = await import('node:crypto');
    const world = openWorld();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const time = String(noon / 1000);
    const signature = signBytes(null, Buffer.from(`msg_1.${time}.${body}`), privateKey).toString('base64');
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': `v1a,${signature}` };
    const secret = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('base64')}`;
    expect(await failure(webhookVerify, { scheme: 'standard', body, headers, secret }, world.context)).toBe('none');
    expect(await failure(webhookVerify, { scheme: 'standard', body: `${body} `, headers, secret }, world.context)).toBe(
      'signature-invalid',
    );
  });

  it('does not take one part of what is signed for another', async () => {
    const world = openWorld();
    const time = String(noon / 1000);
    // Signed as id "a", with a body that begins like a time and a dot.
    const signed = runAction(
      webhookSign,
      { scheme: 'standard', body: `${time}.${body}`, secret: standardSecret, id: 'a' },
      world.context,
    ) as Plain;
    const headers = { ...signed, 'webhook-id': `a.${time}` };
    expect(
      await failure(webhookVerify, { scheme: 'standard', body, headers, secret: standardSecret }, world.context),
    ).toBe('signature-invalid');
  });
});
