import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';

const secret = 'it-is-known-to-two';
// Decoded and encoded again it would be shorter, and say 1.
const body = '{ "action": "opened",\n  "count": 1.0, "who": "Zo\\u00eb" }';
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

const operation = (scheme: string) => ({
  id: scheme,
  method: 'POST',
  path: `/${scheme}`,
  workflow: {
    actions: [
      {
        id: 'verify',
        action: 'webhook/verify',
        input: {
          scheme,
          body: { $ref: ['request', 'raw'] },
          headers: { $ref: ['request', 'header'] },
          secret,
        },
      },
    ],
    output: { body: { who: { $ref: ['request', 'body', 'who'] } } },
  },
});

const signatures: { [scheme: string]: (key: string) => Record<string, string> } = {
  github: (key) => ({ 'x-hub-signature-256': `sha256=${hmac(key, body)}` }),
  stripe: (key) => {
    const at = Math.floor(Date.now() / 1000);
    return { 'stripe-signature': `t=${at},v1=${hmac(key, `${at}.${body}`)}` };
  },
};

test('a JSON webhook is checked by the bytes that came', async () => {
  await using engine = await TestEngine.start({
    servers: [{ id: 'hooks', operations: Object.keys(signatures).map(operation) }],
  });
  const base = await engine.url('hooks');
  for (const [scheme, sign] of Object.entries(signatures)) {
    const send = (headers: Record<string, string>, sent = body) =>
      fetch(`${base}/${scheme}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: sent,
      });
    const right = await send(sign(secret));
    expect([right.status, await right.json()], scheme).toEqual([200, { who: 'Zoë' }]);
    const answers = [send(sign('another')), send({}), send(sign(secret), JSON.stringify(JSON.parse(body)))];
    for (const wrong of await Promise.all(answers)) expect(wrong.status, scheme).toBe(401);
    expect((await send(sign(secret), '{broken')).status).toBe(400);
  }
});

test('what is stored of a run with the bytes of its body has the request once', async () => {
  const server = {
    id: 'hooks',
    operations: [
      {
        id: 'size',
        method: 'POST',
        path: '/',
        workflow: {
          actions: [],
          output: { body: { $jsonata: '{"bytes": $length($string(request.raw)), "keys": $keys(request)}' } },
        },
      },
    ],
  };
  await using engine = await TestEngine.start({ servers: [server] });
  const base = await engine.url('hooks');
  await engine.api('/api/nodes/server/hooks/size', { method: 'PATCH', json: { capture: true } });
  const answer = await until(
    async () => {
      const response = await fetch(base, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const run = response.headers.get('sluice-run') as string;
      const { bytes, keys } = (await response.json()) as { bytes: number; keys: string[] };
      expect(bytes).toBe(body.length);
      expect(keys).not.toContain('raw');
      const stored = await engine.api(`/api/runs/${run}`);
      return stored.status === 200 ? await stored.text() : undefined;
    },
    10_000,
    () => 'a stored run',
  );
  expect(answer).toContain('"who":"Zoë"');
  expect(answer).not.toContain('"raw"');
});

test('a simulation says what is odd about the workflow that it was given', async () => {
  await using engine = await TestEngine.start({ servers: [{ id: 'hooks', operations: [] }] });
  const simulate = (action: string) =>
    engine.api('/api/simulate', {
      method: 'POST',
      json: {
        address: 'server/hooks/try',
        input: { body: 'x' },
        workflow: {
          actions: [{ id: 'up', action, input: { string: { $template: '{{request.raw}}' }, strng: 1 } }],
        },
      },
    });
  expect(await (await simulate('string/upcase')).json()).toMatchObject({
    state: 'succeeded',
    warnings: [
      { pointer: '/workflow/actions/0/input/strng', message: expect.stringMatching(/Did you mean "string"\?$/) },
    ],
  });
  const refused = await simulate('string/upcas');
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({
    detail: 'The library has no action "string/upcas". Did you mean "string/upcase"?',
  });
});
