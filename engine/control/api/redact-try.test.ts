import { describe, expect, it } from 'vitest';
import { expectProblem, useTestApi } from './test-api.ts';

const test = useTestApi();
const attempt = (json: unknown) => test.api.call('POST', '/api/settings/redact/try', { json });
const mark = expect.stringMatching(/^\[redacted:[0-9a-f]{4}\]$/);

describe('trying redaction', () => {
  it('shows a value as a capture and a log line would hold it', async () => {
    await test.control.secrets.set('db', 'correct-horse-battery');
    const value = {
      user: 'ada',
      password: 'hunter2',
      db: 'correct-horse-battery',
      url: 'postgres://correct-horse-battery@db/x',
      note: 'Bearer abcdefghij0123456789',
      n: 5,
    };
    const answer = await attempt({ value, label: 'Sign-in' });
    expect(answer.status).toBe(200);
    const tried = answer.json<{ value: typeof value; line: string; found: number }>();
    expect(tried.value).toMatchObject({ user: 'ada', password: mark, db: { $secret: 'db' }, n: 5 });
    expect(tried.found).toBe(4);
    expect(tried.line).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[info\] {2}Sign-in: \{"user":"ada","password":"\[redacted:/,
    );
    expect(answer.text).not.toMatch(/hunter2|correct-horse|abcdefghij/);
    expect(test.records('audit').filter(({ event }) => event === 'settings.redaction-tried')).toEqual([
      expect.objectContaining({ message: 'Tried redaction on a value', user: 'api-token', remote: '127.0.0.1' }),
    ]);
    expect(JSON.stringify(test.control.records)).not.toMatch(/hunter2|ada/);
  });

  it('tries names and patterns before they are saved, and those in force otherwise', async () => {
    const value = { fleet: 'blue', text: 'order 4711' };
    expect((await attempt({ value })).json()).toMatchObject({ value, found: 0 });
    expect((await attempt({ value, names: ['fleet'], patterns: ['\\b4\\d+'] })).json()).toMatchObject({
      value: { fleet: mark, text: expect.stringMatching(/^order \[redacted:[0-9a-f]{4}\]$/) },
      found: 2,
    });
    await test.api.call('PUT', '/api/settings', { json: { logs: { redact: { names: ['fleet'] } } } });
    expect((await attempt({ value })).json()).toMatchObject({ value: { fleet: mark }, found: 1 });
    expect((await attempt({ value, names: [] })).json()).toMatchObject({ value, found: 0 });
  });

  it('takes any JSON, and a label that is a name', async () => {
    for (const value of [null, 0, '', [], 'text', false])
      expect((await attempt({ value })).json()).toMatchObject({ value, found: 0 });
    expect((await attempt({ value: 'open sesame', label: 'password' })).json()).toMatchObject({
      value: mark,
      found: 1,
    });
    // What looks like a reference is data.
    expect((await attempt({ value: { $secret: 'x' } })).json()).toMatchObject({ found: 0 });
  });

  it.each([
    [{ value: 1, patterns: ['a', '('] }, 422, 'patterns/1', /pattern "\(" cannot be used: .+ RE2/],
    [{ value: 1, patterns: ['(?=a)'] }, 422, 'patterns/0', /cannot be used/],
    [{ value: 1, patterns: Array(21).fill('a') }, 422, 'patterns', /21 patterns; try at most 20/],
    [{ value: 1, names: Array(51).fill('a') }, 422, 'names', /51 names/],
    [{ value: 1, patterns: 'a' }, 400, 'patterns', /array/],
    [{ value: 1, names: [''] }, 400, 'names/0', /./],
    [{ label: 'x' }, 400, undefined, /value/],
    [{ value: 1, other: 2 }, 400, 'other', /other/],
  ])('refuses %j', async (json, status, field, detail) => {
    const answer = await attempt(json);
    expectProblem(answer, status, detail);
    if (field !== undefined) expect(answer.json()).toMatchObject({ field });
    expect(test.records('audit')).toEqual([]);
  });

  it('takes no more than 64 KiB, and answers in time whatever the pattern', async () => {
    expect((await attempt({ value: 'x'.repeat(70_000) })).status).toBe(413);
    const value = 'x'.repeat(60_000);
    const begun = performance.now();
    expect((await attempt({ value, patterns: ['(x+x+)+y', '(x|xx)*z', '(x?){50}y'] })).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it('is for administrators only: it would tell others by guessing what is secret', async () => {
    const made = await test.api.call('POST', '/api/tokens', {
      json: { name: 't', rights: ['view', 'operate', 'edit'] },
    });
    const { token } = made.json<{ token: string }>();
    const answer = await test.api.call('POST', '/api/settings/redact/try', { json: { value: 1 }, token });
    expect(answer.status).toBe(403);
  });
});

describe('the audit record of changed settings', () => {
  it('has old and new values, but of nothing that may be a secret', async () => {
    await test.api.call('PUT', '/api/settings', {
      json: {
        logs: { level: 'warning', redact: { patterns: ['swordfish'] }, rotation: { maxFiles: '7d' } },
        webhooks: [
          {
            id: 'ops',
            url: 'https://hooks.example.com/T0/B0',
            events: ['run.failed'],
            secret: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz',
          },
        ],
      },
    });
    const [record] = test.records('audit');
    expect(record?.message.split(', ').sort()).toEqual([
      'Changed logs.level from "info" to "warning"',
      'logs.redact.patterns',
      'logs.rotation.maxFiles from "14d" to "7d"',
      'webhooks',
    ]);
  });
});
