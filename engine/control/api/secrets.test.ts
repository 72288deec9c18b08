import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectProblem, useTestApi } from './test-api.ts';

const it = useTestApi();
const value = 'correct-horse-battery';
const settings = <T = { [key: string]: unknown }>() =>
  it.api.call('GET', '/api/settings').then(({ json }) => json<T>());

describe('/api/secrets', () => {
  test('stores, lists and removes, and never tells a value', async () => {
    const answers = [
      await it.api.call('PUT', '/api/secrets/token', { json: { value } }),
      await it.api.call('PUT', '/api/secrets/token', { json: { value } }),
      await it.api.call('GET', '/api/secrets'),
      await it.api.call('GET', '/api/secrets/token'),
      await it.api.call('DELETE', '/api/secrets/token'),
      await it.api.call('GET', '/api/secrets'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 204, 200, 200, 204, 200]);
    const known = { name: 'token', changed: expect.any(String), readable: true, redacted: true, usedBy: [] };
    expect([answers[2]?.json(), answers[3]?.json(), answers[5]?.json()]).toEqual([[known], known, []]);
    expect(JSON.stringify([answers, it.control.records])).not.toContain(value);
    expect(it.records('audit').map(({ event, message }) => [event, message])).toEqual([
      ['secret.set', 'Stored the secret token'],
      ['secret.set', 'Stored the secret token'],
      ['secret.removed', 'Removed the secret token'],
    ]);
  });

  test.each<[string, object, number, RegExp]>([
    ['a value of another type', { json: { value: 314159265 } }, 400, /"value" must be a text/],
    ['a bare text', { json: value }, 400, /one key "value"/],
    ['a slip in a key', { json: { [value]: value } }, 400, /one key "value"/],
    ['one key too many', { json: { value, name: value } }, 400, /one key "value"/],
    ['no quotes', { body: `{"value": ${value}}`, headers: { 'content-type': 'application/json' } }, 400, /column 11/],
    ['an open quote', { body: `{"value": "${value}`, headers: { 'content-type': 'application/json' } }, 400, /line 1/],
    ['too much', { json: { value: value.repeat(4000) } }, 400, /1 to 65536 bytes/],
    ['far too much', { json: { value: value.repeat(60_000) } }, 413, /1048576 bytes/],
    ['another content type', { body: value, headers: { 'content-type': 'text/plain' } }, 415, /Content-Type/],
  ])('refuses %s without showing it', async (_, options, status, detail) => {
    const answer = await it.api.call('PUT', '/api/secrets/token', options);
    expectProblem(answer, status, detail);
    expect(answer.text).not.toMatch(/correct-horse|314159265/);
    expect((await it.api.call('GET', '/api/secrets')).json()).toEqual([]);
    expect(JSON.stringify(it.control.records)).not.toMatch(/correct-horse|314159265/);
  });

  test.each(['__proto__', 'a%2Fb', '%00', 'a%20b', 'x'.repeat(65)])('refuses the name %.10s', async (name) => {
    expectProblem(await it.api.call('PUT', `/api/secrets/${name}`, { json: { value } }), 400, /"name" must be letters/);
    expectProblem(await it.api.call('GET', `/api/secrets/${name}`), 404, /There is no secret/);
    expectProblem(await it.api.call('DELETE', `/api/secrets/${name}`), 404, /There is no secret/);
  });

  test('tells where each is used, and keeps one that a setting needs', async () => {
    await it.api.call('PUT', '/api/secrets/hook', { json: { value } });
    const webhooks = [{ id: 'ops', url: 'https://a.example', events: [], secret: { $secret: 'hook' } }];
    expect((await it.api.call('PUT', '/api/settings', { json: { webhooks } })).status).toBe(200);
    const workflow = { actions: [{ id: 'a', action: 'system/log', input: { value: { $secret: 'hook' } } }] };
    const service = { id: 'user', operations: [{ id: 'op', workflow }] };
    expect((await it.api.call('POST', '/api/services', { json: service })).status).toBe(201);
    expect((await it.api.call('GET', '/api/secrets/hook')).json()).toMatchObject({
      usedBy: [
        { node: 'service/user/op/a', pointer: '/operations/0/workflow/actions/0/input/value' },
        { node: 'settings', pointer: '/webhooks/0/secret' },
      ],
    });
    expectProblem(
      await it.api.call('DELETE', '/api/secrets/hook'),
      409,
      /used by the settings at \/webhooks\/0\/secret/,
    );
    await it.api.call('PUT', '/api/settings', { json: { webhooks: null } });
    expect((await it.api.call('DELETE', '/api/secrets/hook')).status).toBe(204);
  });
});

describe('/api/variables', () => {
  test('reads, sets and removes bare values with versions', async () => {
    const created = await it.api.call('PUT', '/api/variables/a', { json: null });
    expect([created.status, created.text]).toEqual([201, 'null']);
    const { etag } = (await it.api.call('GET', '/api/variables/a')).headers;
    expect(etag).toBe(created.headers.etag);
    const put = (json: unknown, headers: Record<string, string> = {}) =>
      it.api.call('PUT', '/api/variables/a', { json, headers });
    const changed = await put({ deep: [1] }, { 'if-match': etag as string });
    expect(changed.status).toBe(200);
    expectProblem(await put('late', { 'if-match': etag as string }), 412, /changed meanwhile/);
    expectProblem(await put('new', { 'if-none-match': '*' }), 412, /is there already/);
    expectProblem(await put('odd', { 'if-match': 'no quotes' }), 400, /If-Match/);
    const all = await it.api.call('GET', '/api/variables');
    expect([all.json(), all.headers.etag]).toEqual([{ a: { deep: [1] } }, expect.stringMatching(/^".+"$/)]);
    expect(
      (await it.api.call('DELETE', '/api/variables/a', { headers: { 'if-match': changed.headers.etag } })).status,
    ).toBe(204);
    expectProblem(await it.api.call('DELETE', '/api/variables/a'), 404, /There is no variable "a"/);
    expectProblem(await it.api.call('GET', '/api/variables/a'), 404, /There is no variable "a"/);
    expect(it.records('audit').map(({ event }) => event)).toEqual(['variable.set', 'variable.set', 'variable.removed']);
    expect(JSON.stringify(it.records('audit'))).not.toContain('deep');
  });

  test.each(['__proto__', 'a%2Fb', 'x'.repeat(129)])('refuses the name %.10s', async (name) => {
    expectProblem(await it.api.call('PUT', `/api/variables/${name}`, { json: 1 }), 400, /"name" must be letters/);
    expect((await it.api.call('GET', '/api/variables')).json()).toEqual({});
  });
});

describe('/api/settings', () => {
  test('what it gives, it takes; a part changes that part', async () => {
    const before = await it.api.call('GET', '/api/settings');
    const same = await it.api.call('PUT', '/api/settings', { json: before.json() });
    expect([same.status, same.json(), same.headers.etag]).toEqual([200, before.json(), before.headers.etag]);
    const changed = await it.api.call('PUT', '/api/settings', { json: { logs: { level: 'debug' }, port: 5001 } });
    expect(changed.headers['sluice-restart-needed']).toBe('port');
    expect(changed.json()).toMatchObject({ logs: { level: 'debug', maxDepth: 32 }, port: 5001 });
    expect(changed.headers.etag).not.toBe(before.headers.etag);
    expect(it.control.settings).toMatchObject({ logs: { level: 'debug' }, port: 4000 });
    expect(it.records('audit').map(({ event, message }) => [event, message])).toEqual([
      ['settings.changed', 'Changed port from 4000 to 5001, logs.level from "info" to "debug"'],
    ]);
    const keys = (await it.api.call('GET', '/api/settings/keys')).json<{ key: string }[]>();
    expect(keys.find(({ key }) => key === 'port')).toMatchObject({
      value: 4000,
      pending: 5001,
      source: 'file',
      restart: true,
    });
    const stale = { headers: { 'if-match': before.headers.etag }, json: { name: 'Late' } };
    expectProblem(await it.api.call('PUT', '/api/settings', stale), 412, /changed meanwhile/);
  });

  test('secrets are shown as a mask that keeps them', async () => {
    const webhook = { id: 'ops', url: 'https://a.example', events: ['run.failed'], secret: value };
    const answer = await it.api.call('PUT', '/api/settings', { json: { webhooks: [webhook] } });
    const { webhooks } = answer.json<{ webhooks: object[] }>();
    expect(webhooks).toEqual([{ ...webhook, secret: '•••', active: true }]);
    const off = await it.api.call('PUT', '/api/settings', { json: { webhooks: [{ ...webhooks[0], active: false }] } });
    expect(off.json()).toMatchObject({ webhooks: [{ active: false, secret: '•••' }] });
    expect(it.control.settings.webhooks).toMatchObject([{ secret: value, active: false }]);
    const keys = await it.api.call('GET', '/api/settings/keys');
    expect(JSON.stringify([answer, off, keys, await settings(), it.control.records])).not.toContain(value);
  });

  test.each<[unknown, number, RegExp, string]>([
    [{ logs: { levl: 1 } }, 422, /^logs\.levl is unknown\. Did you mean logs\.level\?$/, '/logs/levl'],
    [{ name: 'X', port: -1 }, 422, /^port must be a whole number/, '/port'],
    [{ webhooks: [{ id: 'a', url: 'https://a', events: [], secret: '•••' }] }, 422, /nothing is stored/, '/webhooks'],
    [{ outgoing: { deny: ['a b'] } }, 422, /cannot be used/, '/outgoing/deny'],
    [[], 400, /must be an object/, ''],
  ])('refuses %.50j and changes nothing', async (json, status, detail, pointer) => {
    const before = await settings();
    const answer = await it.api.call('PUT', '/api/settings', { json });
    expectProblem(answer, status, detail);
    expect(answer.json()).toMatchObject({ errors: [{ pointer }] });
    expect(await settings()).toEqual(before);
  });

  test('a file edited by hand is kept, and a damaged one is not written over', async () => {
    await it.api.call('PUT', '/api/settings', { json: { name: 'A' } });
    const path = join(it.control.logsDir, '../../settings.json');
    writeFileSync(path, '{"name": "By hand"}');
    await it.api.call('PUT', '/api/settings', { json: { logs: { maxDepth: 9 } } });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ name: 'By hand', logs: { maxDepth: 9 } });
    writeFileSync(path, '{"name": ');
    expectProblem(
      await it.api.call('PUT', '/api/settings', { json: { name: 'B' } }),
      409,
      /Repair settings\.json first/,
    );
    expect(readFileSync(path, 'utf8')).toBe('{"name": ');
  });
});
