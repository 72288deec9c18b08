import { describe, expect, it } from 'vitest';
import type { RecordAnswer } from './record-answer.ts';
import { likeThis, msText, textOf } from './record-text.ts';

const record = (part: Partial<RecordAnswer>): RecordAnswer => ({
  id: '1-1',
  time: '2026-11-21T12:00:00.000Z',
  level: 'info',
  kind: 'application',
  event: 'log',
  ...part,
});
const node = 'server/hello/get-hello/greet';

describe('textOf', () => {
  it.each<[Partial<RecordAnswer>, string, string, string?]>([
    [{ node, label: 'Test', value: 'Hello' }, 'greet', 'Test: Hello'],
    [{ node, value: { a: 1 } }, 'greet', '{"a":1}'],
    [{ node, event: 'begin', input: { a: [1] } }, 'greet begin', '{"a":[1]}'],
    [{ node, event: 'end', output: 'Hello World', ms: 1 }, 'greet end', 'Hello World'],
    [{ node, event: 'end', iteration: 2, output: null }, 'greet end item 2', 'null'],
    [
      { node, event: 'end', level: 'error', error: { name: 'E', message: 'no stock', code: 'conflict', node } },
      'greet end',
      'conflict: no stock',
    ],
    [
      { kind: 'usage', event: 'run', node: 'server/hello/get-hello', method: 'GET', path: '/hello', status: 200 },
      'GET /hello',
      '',
      '200',
    ],
    [
      { kind: 'usage', event: 'request', method: 'GET', path: '/no', status: 404, message: 'No such path.' },
      'GET /no',
      'No such path.',
      '404',
    ],
    [{ kind: 'usage', event: 'run', node: 'service/tools/echo' }, 'echo run', ''],
    [
      { kind: 'audit', event: 'logs.cleared', message: 'The logs were cleared' },
      'logs.cleared',
      'The logs were cleared',
    ],
  ])('%#', (part, subject, detail, status) =>
    expect(textOf(record(part))).toEqual({ subject, detail, ...(status && { status }) }),
  );

  it('cuts a long value', () => expect(textOf(record({ value: 'x'.repeat(1000) })).detail).toHaveLength(301));
});

it('writes durations', () => expect([0.42, 38.6, 1284.3].map(msText)).toEqual(['0.4 ms', '38.6 ms', '1,284 ms']));

it('finds records like one', () => {
  expect(likeThis(record({ node, event: 'end' }))).toBe(`node:${node} event:end`);
  expect(likeThis(record({ label: 'a "b"' }))).toBe('event:log label:"a \\"b\\""');
});
