import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEncoder } from './encode.ts';
import { createLineEncoder } from './line.ts';
import type { LogRecord } from './record.ts';
import { createRedactor } from './redact.ts';
import { utcTime } from './timestamp.ts';

const redactor = createRedactor({ names: [], patterns: [], key: 'k' });
const encode = createEncoder({ maxValueBytes: 16_384, maxDepth: 32, maxKeys: 1000, redactor });
const plain = createLineEncoder({ format: 'plain', encode });
const json = createLineEncoder({ format: 'json', encode });

const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const time = Date.parse('2026-11-21T03:36:22.123Z');
const record = (rest: Partial<LogRecord>): LogRecord => ({
  id: 'w-1',
  time,
  level: 'info',
  kind: 'application',
  event: 'log',
  ...rest,
});
const node = 'server/hello/get-hello/greet';
const run = '01JD4Z8Q9W3N5R7T1V2X4Y6B8C';
const at = '2026-11-21 04:36:22.123';

describe('plain', () => {
  it.each<[string, Partial<LogRecord>, string]>([
    ['system/log', { label: 'Test', value: 'Hello', node, run }, '[info]  Test: Hello'],
    ['without a label', { value: 'Hello' }, '[info]  Hello'],
    ['a value that is no text', { label: 'Test', value: { a: [1, 'b'] } }, '[info]  Test: {"a":[1,"b"]}'],
    ['a text with quotes', { level: 'debug', value: 'say "x" C:\\new' }, '[debug]  say "x" C:\\new'],
    ['null', { level: 'warning', label: 'Empty', value: null }, '[warning]  Empty: null'],
    ['nothing', { level: 'error', label: 'Empty' }, '[error]  Empty: [undefined]'],
    [
      'begin',
      { event: 'begin', node, run, input: { array: ['Hello', 'World'], delimiter: ' ' } },
      `[info]  ${node} begin {"array":["Hello","World"],"delimiter":" "} run=${run}`,
    ],
    [
      'end',
      { event: 'end', node, run, ms: 0.4, output: 'Hello World' },
      `[info]  ${node} end 0.4ms "Hello World" run=${run}`,
    ],
    [
      'begin in an iteration',
      { event: 'begin', node, run, iteration: 3, attempt: 2 },
      `[info]  ${node} begin run=${run} iteration=3 attempt=2`,
    ],
    [
      'a failed end',
      {
        event: 'end',
        level: 'error',
        node,
        run,
        ms: 12.06,
        error: { name: 'ActionFailure', message: 'enough\nof this', code: 'raised', node },
      },
      `[error]  ${node} end 12.1ms enough\\nof this (raised) run=${run}`,
    ],
    [
      'a failed end of an operation',
      {
        event: 'end',
        level: 'error',
        node: 'server/hello/get-hello',
        run,
        ms: 1,
        error: { name: 'E', message: 'no', code: 'raised', node },
      },
      `[error]  server/hello/get-hello end 1.0ms no (raised) at ${node} run=${run}`,
    ],
    [
      'a run',
      {
        kind: 'usage',
        event: 'run',
        method: 'GET',
        path: '/hello',
        status: 200,
        ms: 1.8,
        bytesIn: 0,
        bytesOut: 25,
        node: 'server/hello/get-hello',
        run,
        remote: '127.0.0.1',
        worker: 'w',
      },
      `[info]  GET /hello 200 1.8ms 0B in 25B out server/hello/get-hello run=${run} 127.0.0.1`,
    ],
    [
      'a request that became no run',
      {
        kind: 'usage',
        level: 'warning',
        event: 'request',
        method: 'GET',
        path: '/nope',
        status: 404,
        ms: 0.2,
        bytesIn: 0,
        bytesOut: 99,
        node: 'server/hello',
        remote: '127.0.0.1',
      },
      '[warning]  GET /nope 404 0.2ms 0B in 99B out server/hello 127.0.0.1',
    ],
    [
      'a run without a request',
      { kind: 'usage', event: 'run', node: 'server/cron/nightly', run, ms: 20 },
      `[info]  run 20.0ms server/cron/nightly run=${run}`,
    ],
    [
      'a system event',
      {
        kind: 'system',
        event: 'server.started',
        message: 'server/hello listens on 127.0.0.1:8080.',
        node: 'server/hello',
      },
      '[info]  server/hello listens on 127.0.0.1:8080.',
    ],
    [
      'an audit event',
      { kind: 'audit', event: 'node.changed', message: 'log changed', node, user: 'admin' },
      `[info]  log changed ${node} user=admin`,
    ],
    ['an event without a message', { kind: 'system', event: 'engine.stopped' }, '[info]  engine.stopped'],
  ])('%s', (_, rest, line) => expect(plain(record(rest))).toBe(`${at} ${line}`));

  it('says when a text was cut', () => {
    const short = createLineEncoder({
      format: 'plain',
      encode: createEncoder({ maxValueBytes: 64, maxDepth: 3, maxKeys: 9, redactor }),
    });
    expect(short(record({ label: 'Big', value: 'x'.repeat(100) }))).toBe(
      `${at} [info]  Big: {"$cut":{"bytes":100,"hash":"${redactor.fingerprint('x'.repeat(100))}","head":"${'x'.repeat(64)}"}}`,
    );
  });

  it('is local time, also around a change of the clocks', () => {
    const times = [
      '2026-10-25T00:59:59.999Z',
      '2026-10-25T01:00:00.000Z',
      '2026-03-29T00:59:59.999Z',
      '2026-03-29T01:00:00.001Z',
      '2026-12-31T23:00:00.000Z',
    ];
    expect(times.map((one) => plain(record({ time: Date.parse(one), value: '' })).slice(0, 23))).toEqual([
      '2026-10-25 02:59:59.999',
      '2026-10-25 02:00:00.000',
      '2026-03-29 01:59:59.999',
      '2026-03-29 03:00:00.001',
      '2027-01-01 00:00:00.000',
    ]);
  });

  it('redacts messages, paths and labels that name a secret', () => {
    expect(plain(record({ label: 'Token', value: 'abc' }))).toBe(`${at} [info]  Token: ${redactor.mark('abc')}`);
    const line = plain(
      record({ event: 'run', kind: 'usage', method: 'GET', path: '/x?token=abc', message: 'Bearer abc123' }),
    );
    expect(line).toBe(`${at} [info]  GET /x?token=${redactor.mark('abc')} Bearer ${redactor.mark('abc123')}`);
    expect(plain(record({ event: 'x', message: 'use Bearer abc123' }))).toContain(
      `use Bearer ${redactor.mark('abc123')}`,
    );
  });
});

describe('json', () => {
  const everything: Required<Omit<LogRecord, 'time'>> & { time: number } = {
    id: 'w-1',
    time,
    level: 'error',
    kind: 'usage',
    event: 'end',
    node,
    run,
    trace: 't',
    span: 's',
    parent: 'p',
    version: 'v',
    iteration: 0,
    attempt: 1,
    label: 'l',
    value: { level: 'x' },
    input: [1],
    output: 'o',
    error: { name: 'E', message: 'm', code: 'c', node, stack: 'E: m\n at x' },
    ms: 0.123456,
    method: 'GET',
    path: '/',
    status: 200,
    bytesIn: 1,
    bytesOut: 2,
    remote: '::1',
    user: 'u',
    worker: 'w',
    message: 'm',
  };

  it('keys stand in the order of the record', () => {
    const line = json(everything);
    const shuffled = Object.fromEntries(Object.entries(everything).toReversed()) as unknown as LogRecord;
    expect(json(shuffled)).toBe(line);
    expect(Object.keys(JSON.parse(line))).toEqual(Object.keys(everything));
    expect(JSON.parse(line)).toEqual({ ...everything, time: '2026-11-21T03:36:22.123Z', ms: 0.123 });
  });

  it('keys without a value are left out', () => {
    expect(json(record({ label: 'Test', value: 'Hello' }))).toBe(
      '{"id":"w-1","time":"2026-11-21T03:36:22.123Z","level":"info","kind":"application","event":"log","label":"Test","value":"Hello"}',
    );
    expect(json(record({ event: 'begin', node, input: undefined }))).not.toContain('input');
  });

  it('data cannot reach the envelope', () => {
    const line = json(record({ value: { id: 'x', time: 'x', level: 'error', message: 'x' }, message: 'real' }));
    expect(JSON.parse(line)).toMatchObject({ id: 'w-1', level: 'info', message: 'real' });
  });

  it('a time that is none becomes the present', () => {
    for (const wrong of [Number.NaN, 1e300]) {
      const before = utcTime(Date.now());
      expect(JSON.parse(json(record({ time: wrong }))).time >= before).toBe(true);
    }
  });
});

it('one record is one line, whatever any part of it holds', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\n', '"\r\n', '\u2028[error]  x', '\u001b[2J', '\\', '"}'),
  );
  const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
  const error = fc.record({ name: text, message: text, code: text, node: optional(text), stack: optional(text) });
  const records = fc.record({
    id: text,
    time: fc.oneof(fc.double(), fc.nat()),
    level: fc.constantFrom('debug', 'info', 'warning', 'error'),
    kind: fc.constant('application'),
    event: fc.oneof(text, fc.constantFrom('log', 'begin', 'end', 'run')),
    node: optional(text),
    run: optional(text),
    label: optional(text),
    value: fc.anything(),
    input: fc.anything(),
    output: fc.anything(),
    error: optional(error),
    ms: optional(fc.double()),
    method: optional(text),
    path: optional(text),
    status: optional(fc.double()),
    bytesIn: optional(fc.nat()),
    remote: optional(text),
    user: optional(text),
    worker: optional(text),
    message: optional(text),
    iteration: optional(fc.double()),
    trace: optional(text),
    version: optional(text),
  }) as unknown as fc.Arbitrary<LogRecord>;
  fc.assert(
    fc.property(records, (given) => {
      const line = json(given);
      expect(JSON.parse(line)).toMatchObject({ level: given.level, kind: 'application' });
      for (const one of [line, plain(given)]) expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 500 },
  );
});
