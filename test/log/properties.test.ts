import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TestEngine } from '../support/engine.ts';

const secret = 'Zq7#xW9/kL-m+P';
const bytes = Buffer.from(secret);

/** The ways in which it comes in. */
const written = [
  secret,
  `before ${secret} after`,
  bytes.toString('base64'),
  Buffer.from(`user:${secret}`).toString('base64'),
  Buffer.from(`ab${secret}c`).toString('base64url'),
  bytes.toString('hex'),
  encodeURIComponent(secret),
  JSON.stringify({ a: JSON.stringify(secret) }),
  `https://me:${secret}@host/`,
  `${'x'.repeat(16_380)}${secret}${'y'.repeat(9000)}`,
];
/** A middle part of each form, which nothing else holds. */
const traces = [
  /7#xW9|W9\/kL|kL-m\+P|7%23xW9|9%2[fF]kL/,
  new RegExp(bytes.toString('hex').slice(4, 20), 'i'),
  ...['', 'user:', 'ab'].map((before) => {
    const start = Math.ceil((before.length * 4) / 3) + 1;
    const part = Buffer.from(`${before}${secret}`)
      .toString('base64')
      .slice(start, start + 8);
    return new RegExp(part.replace(/[+/]/g, '[-+/_]'));
  }),
];
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const body = { $ref: ['request', 'body'] };
const server = (id: string, on: boolean, ...more: unknown[]) => ({
  id,
  log: on,
  operations: [
    {
      id: 'echo',
      method: 'POST',
      path: '/echo',
      log: on,
      capture: on,
      workflow: {
        actions: [{ id: 'keep', action: 'variable/set', log: on, capture: on, input: { value: body } }, ...more],
        output: { body: { got: body, header: { $ref: ['request', 'header', 'x-note'] } } },
      },
    },
  ],
});
const say = { id: 'say', action: 'system/log', log: true, capture: true, input: { label: 'Got', value: body } };

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

const linesOf = (text: string): string[] => {
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
};

it('logs and captures of arbitrary requests change no answer, are one line per record and hold no secret', async () => {
  await using engine = await TestEngine.start({
    servers: [server('loud', true, say), server('quiet', false)],
    env: { SLUICE_LOGS_FORMAT: 'json', SLUICE_LOGS_CAPTURE_ERRORS: 'false' },
  });
  expect((await engine.api('/api/secrets/token', { method: 'PUT', json: { value: secret } })).status).toBe(201);
  const [loud, quiet] = [await engine.url('loud'), await engine.url('quiet')];

  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...written, '\n', '\u2028', '\u202e', '\u001b[31m', '__proto__', 'id', 'time', 'level', '$secret'),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      text,
      fc.double(),
      fc.constantFrom(null, true, -0, 4111111111111111),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  let requests = 0;
  const ask = async (base: string, json: string, query: string) => {
    const answer = await fetch(`${base}/echo?q=${encodeURIComponent(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-note': secret, cookie: `a=${encodeURIComponent(secret)}` },
      body: json,
    });
    return [answer.status, answer.headers.get('content-type'), await answer.text()];
  };
  await fc.assert(
    fc.asyncProperty(value, text, async (given, query) => {
      const json = JSON.stringify(given);
      // Half a surrogate pair has no URL-encoded form, and addresses have a limit of their own.
      const shown = Buffer.from(query.slice(0, 1000)).toString();
      requests++;
      expect(await ask(loud, json, shown)).toEqual(await ask(quiet, json, shown));
    }),
    { numRuns: 80, endOnFailure: true },
  );

  await engine.lines('usage', /"event":"run","node":"server\/loud/, requests);
  expect(await engine.stop()).toBe(0);

  // Of the operation and of each of its two actions begin and end, and what the second one says.
  const records = linesOf(engine.log('user')).map((line) => {
    expect(line).not.toMatch(hidden);
    return JSON.parse(line) as { id: string; event: string; run: string };
  });
  expect(records).toHaveLength(requests * 7);
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  const events = new Map<string, string[]>();
  for (const { run, event } of records) events.set(run, [...(events.get(run) ?? []), event]);
  expect(events.size).toBe(requests);
  for (const ofRun of events.values()) {
    expect(ofRun).toEqual(['begin', 'begin', 'end', 'begin', 'log', 'end', 'end']);
  }
  const usage = linesOf(engine.log('usage')).map((line) => JSON.parse(line) as { event: string; node?: string });
  expect(usage.filter(({ event }) => event === 'run')).toHaveLength(requests * 2);

  const files = filesBelow(engine.data).map((path) => [path, readFileSync(path, 'utf8')] as const);
  const everything = [...files, ['standard output', engine.stdout], ['standard error', engine.stderr]] as const;
  expect(files.some(([path]) => path.includes('store'))).toBe(true);
  for (const [path, content] of everything)
    for (const trace of traces) expect(trace.exec(content), `a secret in ${path}`).toBeNull();
});
