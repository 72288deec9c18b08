import { describe, expect, it } from 'vitest';
import type { Json, Operation, Service, Simulation } from '../../engine/document/types.ts';
import { runOf, span } from '../state/run-for-test.ts';
import { capturedInput, gapsInWords } from './captured-input.ts';
import { cutAfter } from './cut-workflow.ts';
import { endOf, verdictOf } from './expected.ts';
import { outsideActions } from './outside.ts';
import { schemaFaults } from './schema-faults.ts';
import { addSimulation, freeName, removeSimulation, updateSimulation } from './simulations.ts';
import { waterfallRows } from './waterfall-rows.ts';
import { msInWords } from './words.ts';

const operationOf = (actions: unknown, output?: unknown, more: object = {}): Operation =>
  ({
    id: 'op',
    method: 'GET',
    path: '/',
    workflow: { actions, ...(output !== undefined && { output }) },
    ...more,
  }) as Operation;

describe('a workflow cut after an action', () => {
  const nested = {
    id: 'm',
    action: 'iteration/map',
    input: {
      array: [1],
      foreach: {
        $do: {
          actions: [
            { id: 'x', action: 'a/b' },
            { id: 'y', action: 'a/b' },
          ],
          output: 1,
        },
      },
    },
  };
  const cut = { ...nested, input: { array: [1], foreach: { $do: { actions: [{ id: 'x', action: 'a/b' }] } } } };
  it.each<[string, unknown]>([
    ['a', { actions: [{ id: 'a', action: 'a/b' }] }],
    ['x', { actions: [{ id: 'a', action: 'a/b' }, cut] }],
    [
      'o',
      {
        actions: [{ id: 'a', action: 'a/b' }, nested, { id: 'z', action: 'a/b' }],
        output: { body: { $do: { actions: [{ id: 'o', action: 'a/b' }] } } },
      },
    ],
  ])('%s', (id, workflow) => {
    const output = {
      body: {
        $do: {
          actions: [
            { id: 'o', action: 'a/b' },
            { id: 'p', action: 'a/b' },
          ],
        },
      },
    };
    const whole = operationOf([{ id: 'a', action: 'a/b' }, nested, { id: 'z', action: 'a/b' }], output);
    const before = JSON.stringify(whole);
    expect(cutAfter(whole, id)?.workflow).toEqual(workflow);
    expect(JSON.stringify(whole)).toBe(before);
  });

  it('is left whole where the action is one of the error handler', () => {
    const onError = {
      actions: [
        { id: 'e', action: 'a/b' },
        { id: 'f', action: 'a/b' },
      ],
      output: 1,
    };
    const whole = operationOf([{ id: 'a', action: 'a/b' }], 1, { onError });
    expect(cutAfter(whole, 'e')).toEqual({ ...whole, onError: { actions: [{ id: 'e', action: 'a/b' }] } });
    expect(cutAfter(whole, 'unknown')).toBeNull();
  });
});

describe('an expected output', () => {
  const output = { status: 200, body: { id: 'r-17', lines: [{ sku: 'A', at: 1 }] } };
  const test = (expected: Json, ignore?: Json[]): Simulation => ({
    id: 's',
    input: {},
    expected,
    ...(ignore && { ignore }),
  });
  it.each<[string, Simulation, string]>([
    ['the same, in another order of keys', test({ body: output.body, status: 200 }), 'passed'],
    ['another status', test({ ...output, status: 201 }), 'failed'],
    ['another id', test({ ...output, body: { ...output.body, id: 'other' } }), 'failed'],
    ['another id that is ignored', test({ ...output, body: { ...output.body, id: 'other' } }, ['body.id']), 'passed'],
    ['ignored as a pointer', test({ ...output, body: { ...output.body, id: 'other' } }, ['/body/id']), 'passed'],
    ['ignored as keys', test({ ...output, body: { ...output.body, id: 'other' } }, [['body', 'id']]), 'passed'],
    [
      'ignored in every item',
      test({ ...output, body: { id: 'r-17', lines: [{ sku: 'A', at: 9 }] } }, ['body.lines.*.at']),
      'passed',
    ],
    ['a missing key', test({ status: 200 }), 'failed'],
    ['no test', { id: 's', input: {} }, 'none'],
  ])('%s', (_, simulation, kind) => {
    expect(verdictOf(simulation, runOf([], null, { output })).kind).toBe(kind);
  });

  it('is not known before a run, nor from a part of one', () => {
    expect(verdictOf(test(1), undefined).kind).toBe('unknown');
    expect(verdictOf(test(1), runOf([], null, { output: 1, upTo: 'a' })).kind).toBe('unknown');
  });

  it('does not hold for a run that failed and gave nothing', () => {
    const error = { name: 'E', message: 'no', code: 'raised' } as never;
    expect(verdictOf(test(null), runOf([], null, { error })).kind).toBe('failed');
    expect(verdictOf(test('sorry'), runOf([], null, { error, output: 'sorry' })).kind).toBe('passed');
  });
});

describe('how a run ended', () => {
  const test: Simulation = { id: 's', input: {}, expected: { status: 200, body: 1 } };
  const error = { name: 'E', message: 'no', code: 'raised' } as never;
  it.each<[string, Parameters<typeof endOf>[1], ReturnType<typeof endOf>]>([
    [
      'as expected',
      runOf([], null, { output: { status: 200, body: 1 } }),
      { words: 'Simulation succeeded, test passed', tone: 'ok', differs: false },
    ],
    [
      'with something else',
      runOf([], null, { output: { status: 201, body: 2 } }),
      { words: 'Test failed: 2 differences', tone: 'failed', differs: true },
    ],
    ['with a failure', runOf([], null, { error }), { words: 'Simulation failed', tone: 'failed', differs: false }],
  ])('%s', (_, run, end) => expect(endOf(test, run)).toEqual(end));
});

describe('the input of a captured run', () => {
  const given = (input: unknown) => {
    const run = runOf([], null);
    return capturedInput({ ...run, spans: [{ ...(run.spans[0] as never as ReturnType<typeof span>), input }] });
  };
  it.each<[string, unknown, Json, string[]]>([
    [
      'is what the outside sent',
      { method: 'GET', query: { a: '1' }, header: {}, body: null, connection: { peer: {} } },
      { query: { a: '1' } },
      [],
    ],
    [
      'says what was redacted',
      { header: { authorization: '[redacted:4f2a]', accept: 'x' } },
      { header: { authorization: '[redacted:4f2a]', accept: 'x' } },
      ['header.authorization redacted'],
    ],
    [
      'says what was cut',
      { body: { image: { $cut: { bytes: 9, head: 'x' } } } },
      { body: { image: { $cut: { bytes: 9, head: 'x' } } } },
      ['body.image cut'],
    ],
    [
      'says what is a secret',
      { query: { key: { $secret: 'k' } } },
      { query: { key: { $secret: 'k' } } },
      ['query.key secret'],
    ],
    [
      'unwraps data that looks like a mark',
      { body: [{ $literal: { $secret: 'k' } }] },
      { body: [{ $secret: 'k' }] },
      [],
    ],
  ])('%s', (_, input, expected, gaps) => {
    expect(given(input)).toEqual({
      input: expected,
      gaps: gaps.map((gap) => ({ path: gap.split(' ')[0], why: gap.split(' ')[1] })),
    });
  });

  it('is null where nothing was kept', () => {
    expect(capturedInput({ ...runOf([], null), spans: [] })).toBeNull();
  });

  it('names a few of many gaps', () => {
    const gaps = Array.from({ length: 7 }, (_, index) => ({ path: `a.${index}`, why: 'cut' as const }));
    expect(gapsInWords(gaps)).toBe('a.0 (cut), a.1 (cut), a.2 (cut), a.3 (cut), a.4 (cut) and 2 more');
    expect(gapsInWords(gaps.slice(0, 1))).toBe('a.0 (cut)');
  });
});

it.each<[Json, Json, string[]]>([
  [{ text: 'a' }, { type: 'object', required: ['text', 'times'] }, ['times: is missing']],
  [
    { a: [1, 'x'] },
    { properties: { a: { items: { type: 'integer' } } } },
    ['a.1: must be a whole number, found a text'],
  ],
  [3, { type: 'number', maximum: 2 }, [': must be at most 2, found 3']],
  ['x', { enum: ['a', 'b'] }, [': must be one of "a", "b", found "x"']],
  [{ b: 1 }, { properties: { a: {} }, additionalProperties: false }, ['b: is not known to the schema']],
  [null, { type: ['string', 'null'] }, []],
  ['', { minLength: 1 }, [': must have at least 1 characters, found 0']],
])('checks %j against %j', (value, schema, faults) => {
  expect(schemaFaults(value, schema).map(({ path, message }) => `${path}: ${message}`)).toEqual(faults);
});

it('finds the steps that act outside, also in services, but not those that are mocked or off', () => {
  const request = { id: 'r', action: 'http/request' };
  const call = (service: string) => ({
    id: `call-${service}`,
    action: 'service/operation',
    input: { serviceOperationReference: `service/${service}/op` },
  });
  const services = [
    { id: 'out', operations: [{ id: 'op', workflow: { actions: [request] } }] },
    { id: 'in', operations: [{ id: 'op', workflow: { actions: [{ id: 'u', action: 'string/upcase' }, call('in')] } }] },
  ] as unknown as Service[];
  const operation = operationOf([
    request,
    { ...request, id: 'm', mock: { enabled: true, value: 1 } },
    { ...request, id: 'd', enabled: false },
    { id: 'w', title: 'Write it', action: 'file/write' },
    { id: 'n', action: 'file/read' },
    call('out'),
    call('in'),
  ]);
  expect(outsideActions(operation, services)).toEqual([
    { id: 'r', title: 'r', action: 'http/request' },
    { id: 'w', title: 'Write it', action: 'file/write' },
    { id: 'call-out', title: 'call-out', action: 'service/operation', by: 'http/request in service/out/op' },
  ]);
});

it('adds, changes and removes simulations, and shares what did not change', () => {
  const operation = operationOf([]);
  const one = addSimulation(operation, { id: 'one', input: 1 });
  expect(freeName(one, 'one')).toBe('one 2');
  expect(updateSimulation(one, 'other', (simulation) => ({ ...simulation, input: 2 }))).toBe(one);
  expect(updateSimulation(one, 'one', (simulation) => ({ ...simulation, input: 2 })).simulations).toEqual([
    { id: 'one', input: 2 },
  ]);
  expect(removeSimulation(one, 'one')).toEqual(operation);
});

describe('the waterfall', () => {
  const child = { ...span('up', { at: 4, ms: 2 }), node: 'service/tools/echo/up' };
  const called = { ...span('', { at: 4, ms: 4, children: [child] }), node: 'service/tools/echo', run: 'R2' };
  const run = runOf(
    [
      span('lines', {
        at: 5,
        ms: 5,
        input: { scope: 'line', array: [1, 2] },
        children: [span('x', { iteration: 0 }), span('x', { iteration: 1, attempt: 1 })],
      }),
      span('call', { children: [called] }),
    ],
    null,
  );

  it('has a line for each span, with its place in time', () => {
    const rows = waterfallRows(run, new Set());
    expect(rows.map(({ level, name, note }) => `${'  '.repeat(level)}${name} ${note}`.trimEnd())).toEqual([
      'shop/order run',
      '  lines',
      '    x item 1',
      '    x item 2, attempt 1',
      '  call',
      '    tools/echo run',
      '      up',
    ]);
    expect(rows[1]).toMatchObject({ from: 0.25, width: 0.25, size: 2, position: 1, called: null });
    expect(rows[3]?.iterations).toEqual(new Map([['lines', 1]]));
    expect(rows.slice(4).map((row) => row.called?.run)).toEqual([undefined, 'R2', 'R2']);
  });

  it('leaves out what is folded', () => {
    expect(waterfallRows(run, new Set(['0.0', '0.1'])).map(({ key }) => key)).toEqual(['0', '0.0', '0.1']);
  });
});

it.each([
  [0.002, '< 0.01 ms'],
  [0.04, '0.04 ms'],
  [38.64, '38.6 ms'],
  [2004, '2,004 ms'],
  [12_480, '12.5 s'],
  [65_000, '1 min 5 s'],
])('says %f ms as %s', (ms, words) => {
  expect(msInWords(ms)).toBe(words);
});
