import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../settings/table.ts';
import { createAnswerEncoder, createCaptureEncoder, createRecordEncoder, createRecordEncoders } from './encoder.ts';
import type { LogRecord } from './record.ts';

const settings = (format: 'plain' | 'json', maxValueBytes = 16_384): Settings =>
  ({
    logs: { level: 'info', format, maxValueBytes, maxDepth: 32, maxKeys: 1000, redact: { names: [], patterns: [] } },
    store: { maxCaptureBytes: 1_048_576 },
  }) as unknown as Settings;

const record = (rest: Partial<LogRecord>): LogRecord => ({
  id: 'w-1',
  time: Date.parse('2026-11-21T03:36:22.123Z'),
  level: 'info',
  kind: 'application',
  event: 'log',
  ...rest,
});

describe('both lines of a record', () => {
  it('are the same text when files are JSON', () => {
    const { line, json, same } = createRecordEncoders(settings('json'), [], 'k');
    expect(same).toBe(true);
    expect(json(record({ value: 1 }))).toBe(line(record({ value: 1 })));
  });

  it('are what each encoder makes alone, and values are read once', () => {
    const lines = createRecordEncoders(settings('plain'), ['hunter2'], 'k');
    const plain = createRecordEncoder(settings('plain'), ['hunter2'], 'k');
    const json = createRecordEncoder(settings('plain'), ['hunter2'], 'k', 'json');
    expect(lines.same).toBe(false);
    let reads = 0;
    const value = {
      get secret() {
        reads++;
        return `hunter2 ${reads}`;
      },
    };
    const input = { value };
    const both = record({ event: 'begin', node: 'server/a/b', input, run: 'r', user: 'hunter2', message: 'm' });
    const texts = [lines.line(both), lines.json(both)];
    expect(reads).toBe(1);
    reads = 0;
    expect(texts[0]).toBe(plain(both));
    reads = 0;
    expect(texts[1]).toBe(json(both));
  });

  it('never mix up two records, or two values of one', () => {
    const { line, json } = createRecordEncoders(settings('plain'), [], 'k');
    const first = record({ label: 'password', value: 'same' });
    const second = record({ label: 'same', value: 'same', message: 'same', user: 'password' });
    line(first);
    expect(JSON.parse(json(second))).toMatchObject({ label: 'same', value: 'same' });
    line(second);
    expect(JSON.parse(json(second))).toMatchObject({ label: 'same', value: 'same', user: 'password' });
    line(second);
    expect(JSON.parse(json(first)).value).toMatch(/^\[redacted:....\]$/);
    // What is asked a second time is encoded again: the record could have changed.
    line(first);
    json(first);
    first.label = 'plain';
    expect(JSON.parse(json(first))).toMatchObject({ label: 'plain', value: 'same' });
  });
});

describe('captures', () => {
  const secrets = new Map([
    ['db', 'Zq7#xW9/kL "m"'],
    ['big', 'y'.repeat(3000)],
  ]);
  const capture = createCaptureEncoder(settings('json'), secrets, ['an-older-value'], 'k');
  const answer = createAnswerEncoder(settings('json'), [...secrets.values(), 'an-older-value'], 'k');

  it('refer to a text that is a secret, and mark one that only holds it', () => {
    expect(capture(['Zq7#xW9/kL "m"', 'y'.repeat(3000), { password: 'Zq7#xW9/kL "m"' }])).toBe(
      '[{"$secret":"db"},{"$secret":"big"},{"password":{"$secret":"db"}}]',
    );
    expect(capture('y'.repeat(3000), 100)).toBe('{"$secret":"big"}');
    const [inside, former, key] = JSON.parse(capture(['a Zq7#xW9/kL "m"', 'an-older-value', { 'an-older-value': 1 }]));
    expect(inside).toMatch(/^a \[redacted:....\]$/);
    expect(former).toMatch(/^\[redacted:....\]$/);
    expect(key).toEqual({ [former]: 1 });
    expect(answer('Zq7#xW9/kL "m"')).toMatch(/^"\[redacted:....\]"$/);
  });

  it.each([
    { $secret: 'db' },
    { $literal: 1 },
    { $cut: { items: 1, head: [] } },
    { $map: { a: 1 } },
    { $set: [] },
    { $secret: { $secret: { a: ['db'] } } },
  ])('write data that looks like a note of the encoder as a literal: %j', (data) => {
    expect(capture({ a: data })).toBe(JSON.stringify({ a: { $literal: data } }));
    expect(answer({ a: data })).toBe(JSON.stringify({ a: data }));
  });

  it('have no references inside a literal, which is data as it stands', () => {
    const text = capture([{ $secret: ['Zq7#xW9/kL "m"'] }, 'Zq7#xW9/kL "m"', { $secret: 'db', more: 1 }]);
    const [literal, reference, wider] = JSON.parse(text);
    expect(literal.$literal.$secret[0]).toMatch(/^\[redacted:....\]$/);
    expect(reference).toEqual({ $secret: 'db' });
    expect(wider).toEqual({ $secret: 'db', more: 1 });
  });
});

/** The ways to hide one; more of each is in redact.test.ts. */
const secret = 'Zq7#xW9/kL-m+P';
const bytes = Buffer.from(secret);
const written = [
  secret,
  `before ${secret} after`,
  bytes.toString('base64'),
  bytes.toString('base64url'),
  Buffer.from(`user:${secret}`).toString('base64'),
  Buffer.from(`ab${secret}c`).toString('base64url'),
  bytes.toString('hex'),
  bytes.toString('hex').toUpperCase(),
  encodeURIComponent(secret),
  encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase()),
  JSON.stringify(JSON.stringify({ a: secret })),
  `https://me:${secret}@host/`,
  `/path?x=1&password=${secret}`,
  `Bearer ${secret}`,
];
/** Six characters of each form that nothing else holds, for who looks for what is left. */
const traces = [
  /Zq7#xW|W9\/kL-|kL-m\+P|Zq7%23|9%2[fF]kL|m%2[bB]P/,
  new RegExp(bytes.toString('hex').slice(4, 20), 'i'),
  ...['', 'user:', 'ab'].map((before) => {
    const whole = Buffer.from(`${before}${secret}`).toString('base64');
    const start = Math.ceil((before.length * 4) / 3) + 1;
    return new RegExp(whole.slice(start, start + 8).replace(/[+/]/g, '[-+/_]'));
  }),
];
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const angry = (): never => {
  throw new Error(secret);
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const cyclic: unknown[] = [];
cyclic.push({ cyclic, error: new Error(secret, { cause: cyclic }) });
const hostile = [
  () => ({
    get a() {
      return angry();
    },
  }),
  () => ({ toJSON: angry }),
  () => new Proxy({ a: secret }, { ownKeys: angry }),
  () => new Proxy([secret], { get: angry }),
  () => revoked.proxy,
  () => cyclic,
  () => new AggregateError([new Error(secret)], secret),
  () =>
    new Map<unknown, unknown>([
      [secret, { [secret]: secret }],
      [{ a: secret }, 1],
    ]),
  () => new Set([secret, [secret]]),
  () => Symbol(secret),
  () => Object(secret),
  () => Buffer.from(secret),
  () => Object.defineProperty(() => 1, 'name', { value: secret }),
  () => JSON.parse(`{"__proto__":${JSON.stringify(secret)},"constructor":1,"":2,"id":3,"time":4,"level":5}`),
  () => new Array(2 ** 32 - 1),
  () => `${'x'.repeat(500)}${secret}${'y'.repeat(20_000)}`,
  () => ({ [`${'k'.repeat(250)}${secret}${'k'.repeat(1_000_000)}`]: 1 }),
  () => new URL(`https://me:${encodeURIComponent(secret)}@host/`),
  () => new RegExp(secret),
  () => 10n ** 1_000n,
  () => new Date(Number.NaN),
];

describe('whatever a record holds', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...written, '\n', '\u2028', '\u202e', '\u001b[31m', '\ud800', '"}', '$secret', 'a\nb', 'message'),
    fc.tuple(fc.string({ unit: 'binary' }), fc.constantFrom(...written)).map((parts) => parts.join(' ')),
  );
  /** Made when it is written: the generator looks into what it gives. */
  const value: fc.Arbitrary<() => unknown> = fc.oneof(
    fc
      .anything({
        maxDepth: 4,
        key: text,
        values: [text, fc.double(), fc.bigInt(), fc.constant(undefined), fc.date({ noInvalidDate: false })],
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
        withBigInt: true,
      })
      .map((given) => () => given),
    fc.constantFrom(...hostile),
    fc.tuple(text, fc.constantFrom(...hostile)).map(([key, make]) => () => ({ [key]: [make()] })),
  );
  const records = fc
    .record({
      event: fc.constantFrom('log', 'begin', 'end', 'run'),
      node: fc.constantFrom('server/a/b', 'server/a/b/c'),
      label: text,
      value,
      input: value,
      output: value,
      error: fc.record({ name: fc.constant('E'), message: text, code: fc.constant('c'), stack: text }),
      method: fc.constant('GET'),
      path: text,
      user: text,
      message: text,
    })
    .map(
      ({ value, input, output, ...rest }) =>
        () =>
          record({ ...rest, value: value(), input: input(), output: output() }),
    );
  const envelope = [
    ...['id', 'time', 'level', 'kind', 'event', 'node', 'label', 'value', 'input', 'output', 'error'],
    ...['method', 'path', 'user', 'message'],
  ];

  it('each line is one line without a secret, JSON is JSON with its own keys in order, and a capture too', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 64, max: 3000 }), (make, maxValueBytes) => {
        const given = make();
        const lines = createRecordEncoders(settings('plain', maxValueBytes), [secret], 'k');
        const line = lines.line(given);
        const json = lines.json(given);
        const capture = createCaptureEncoder(settings('json'), new Map([['db', secret]]), [], 'k')(given.input);
        const parsed = JSON.parse(json);
        const present = envelope.filter(
          (key) => given[key as keyof LogRecord] !== undefined || (key === 'value' && given.event === 'log'),
        );
        expect(Object.keys(parsed)).toEqual(present);
        expect(parsed).toMatchObject({ id: 'w-1', time: '2026-11-21T03:36:22.123Z', level: 'info', node: given.node });
        JSON.parse(capture);
        for (const one of [line, json, capture]) {
          expect(one).not.toMatch(hidden);
          for (const trace of traces) expect(one).not.toMatch(trace);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('what is looked for is in what is given', () => {
    for (const form of written) expect(traces.some((trace) => trace.test(form))).toBe(true);
  });
});
