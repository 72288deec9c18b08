import { describe, expect, it } from 'vitest';
import type { Action, Json, Operation } from '../../engine/document/types.ts';
import { containersOf } from './run-containers.ts';
import { failureOf } from './run-failure.ts';
import { failure, runOf, span } from './run-for-test.ts';
import { attemptsAt, dataBefore, runStates, spanAt } from './shown-run.ts';

const none = new Map<string, number>();
const steps = (...actions: Action[]): Json => ({ $do: { actions } }) as unknown as Json;
const action = (id: string, part: Partial<Action> = {}): Action => ({ id, action: 'string/upcase', ...part });

/** a, then a map over lines with an if in it, then z. */
const operation: Operation = {
  id: 'order',
  method: 'POST',
  path: '/orders',
  workflow: {
    actions: [
      action('a'),
      action('lines', {
        action: 'iteration/map',
        input: {
          array: [1, 2, 3],
          scope: 'line',
          foreach: steps(
            action('cond', {
              action: 'conditional/if',
              input: {
                conditions: [
                  { condition: true, value: steps(action('yes', { output: ['line', 'done'] })) },
                  { condition: true, value: steps(action('no')) },
                ],
              },
            }),
            action('last'),
          ),
        },
        output: ['variables', 'order', 'lines'],
      }),
      action('z'),
    ],
  },
};

const input = { array: ['x', 'y', 'z'], scope: 'line', foreach: '[function]' };
const conflict = failure('last', 'conflict', 'SKU 88-1043 is out of stock');
const failed = runOf(
  [
    span('a', { at: 1, ms: 1, output: 'A' }),
    span('lines', {
      at: 3,
      ms: 9,
      input,
      error: conflict,
      children: [
        span('cond', {
          at: 3,
          iteration: 0,
          output: 1,
          children: [span('yes', { at: 3, iteration: 0, output: 'Y0' })],
        }),
        span('last', { at: 5, iteration: 0, output: 'L0' }),
        span('cond', { at: 6, iteration: 1, children: [span('no', { at: 6, iteration: 1, output: 'N1' })] }),
        span('last', { at: 8, ms: 1, iteration: 1, attempt: 1, error: conflict }),
        span('last', { at: 10, ms: 2, iteration: 1, attempt: 2, error: conflict }),
      ],
    }),
  ],
  operation,
  { error: conflict },
);

const statesOf = (iterations: ReadonlyMap<string, number>) =>
  Object.fromEntries([...runStates(failed, iterations, operation)].map(([id, { state }]) => [id, state]));

describe('the states of a run', () => {
  it.each([
    [
      'shows the first failed item by itself',
      none,
      {
        start: 'ok',
        a: 'ok',
        lines: 'holds-failure',
        cond: 'ok',
        yes: 'not-reached',
        no: 'ok',
        last: 'failed',
        z: 'not-reached',
        end: 'not-reached',
      },
    ],
    [
      'shows the item that is chosen',
      new Map([['lines', 0]]),
      {
        start: 'ok',
        a: 'ok',
        lines: 'holds-failure',
        cond: 'ok',
        yes: 'ok',
        no: 'not-reached',
        last: 'ok',
        z: 'not-reached',
        end: 'not-reached',
      },
    ],
    [
      'shows nothing of an item that was not reached',
      new Map([['lines', 2]]),
      {
        start: 'ok',
        a: 'ok',
        lines: 'holds-failure',
        cond: 'not-reached',
        yes: 'not-reached',
        no: 'not-reached',
        last: 'not-reached',
        z: 'not-reached',
        end: 'not-reached',
      },
    ],
  ])('%s', (_, iterations, expected) => {
    expect(statesOf(iterations)).toEqual(expected);
  });

  it('counts items, attempts, and the time of all attempts', () => {
    const states = runStates(failed, none, operation);
    expect(states.get('lines')).toEqual({
      state: 'holds-failure',
      ms: 9,
      reason: 'conflict: SKU 88-1043 is out of stock',
      iterations: { count: 3, reached: 2, shown: 1, failed: [1] },
    });
    expect(states.get('last')).toEqual({
      state: 'failed',
      ms: 4,
      attempts: 2,
      reason: 'conflict: SKU 88-1043 is out of stock',
    });
    const green = runOf([span('a', { output: [1, 2] })], operation);
    expect(runStates(green, none, operation).get('a')).toEqual({ state: 'ok', ms: 1, count: 2 });
    expect(runStates(green, none, operation).get('end')).toEqual({ state: 'ok' });
  });

  it('does not count a try that was repeated with success as a failed item', () => {
    const run = runOf(
      [
        span('lines', {
          input,
          children: [
            span('last', { iteration: 0, attempt: 1, error: conflict }),
            span('last', { iteration: 0, attempt: 2, output: 1 }),
          ],
        }),
      ],
      operation,
    );
    expect(runStates(run, none, operation).get('lines')?.iterations).toEqual({
      count: 3,
      reached: 1,
      shown: 0,
      failed: [],
    });
  });

  it('leaves out what a called operation did, even if that is the operation itself', () => {
    const inner = {
      ...span('', { error: conflict, children: [span('z', { error: conflict })] }),
      run: 'R2',
      node: 'server/shop/order',
    };
    const run = runOf([span('a', { error: conflict, children: [inner] })], operation, { error: conflict });
    const states = runStates(run, none, operation);
    expect(states.get('a')?.state).toBe('failed');
    expect(states.get('z')?.state).toBe('not-reached');
  });

  it('tells the input that was refused from an output that could not be made', () => {
    const refused = { ...failure(''), code: 'schema-mismatch', node: 'server/shop/order' };
    const before = runStates(runOf([], operation, { error: refused }), none, operation);
    expect([before.get('start')?.state, before.get('end')?.state]).toEqual(['failed', 'not-reached']);
    const after = runStates(
      runOf([span('a')], operation, { error: { ...refused, code: 'output-invalid' } }),
      none,
      operation,
    );
    expect([after.get('start')?.state, after.get('end')?.state]).toEqual(['ok', 'failed']);
  });

  it('marks what was changed since, but not its container, and knows nothing of what came later', () => {
    const now: Operation = {
      ...operation,
      workflow: {
        actions: [action('a', { input: { string: 'other' } }), ...operation.workflow.actions.slice(1), action('new')],
      },
    };
    const states = runStates(failed, none, now);
    expect([...states].filter(([, { isStale }]) => isStale).map(([id]) => id)).toEqual(['a']);
    expect(states.has('new')).toBe(false);
    expect(runStates({ ...failed, ran: null }, none, now).get('new')).toEqual({ state: 'not-reached' });
    const lacking = { ...failed, lacks: 'Not all was captured.' };
    expect([...runStates(lacking, none, operation).keys()]).not.toContain('z');
  });
});

describe('what a node had', () => {
  it('is that of the chosen item and the last attempt', () => {
    expect(spanAt(failed, 'last')?.attempt).toBe(2);
    expect(attemptsAt(failed, 'last').map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(spanAt(failed, 'last', new Map([['lines', 0]]))?.output).toBe('L0');
    expect(spanAt(failed, 'yes')).toBeUndefined();
    expect(spanAt(failed, 'end')?.run).toBe('R1');
  });

  it.each([
    ['a', none, {}, undefined],
    ['lines', none, { output: 'A' }, undefined],
    ['cond', new Map([['lines', 0]]), { output: 'A' }, { index: 0, value: 'x' }],
    ['last', new Map([['lines', 0]]), { output: 1 }, { index: 0, value: 'x', done: 'Y0' }],
    // The variables of the item before are still there, its scope is not.
    ['last', none, { output: 'N1' }, { index: 1, value: 'y' }],
  ])('before %s with %j', (id, iterations, variables, line) => {
    const data = dataBefore(failed, id, iterations);
    expect(data).toMatchObject({ request: { query: { name: 'ann' } }, variables });
    expect(data.line).toEqual(line);
    expect(Object.keys(data.variables as object)).toEqual(Object.keys(variables));
  });

  it('is all that was written when the run is over, at the places that the document names', () => {
    const run = runOf([span('a', { output: 'A' }), span('lines', { at: 2, input, output: [1, 2] })], operation);
    expect(dataBefore(run, 'end').variables).toEqual({ output: 'A', order: { lines: [1, 2] } });
    expect(dataBefore(run, 'start').variables).toEqual({});
  });

  it('has the error where one is handled', () => {
    const tried: Operation = {
      ...operation,
      workflow: {
        actions: [
          action('try', {
            action: 'conditional/try',
            input: { value: steps(action('bad')), onError: steps(action('rescue')) },
          }),
        ],
      },
    };
    const run = runOf(
      [span('try', { children: [span('bad', { error: failure('bad') }), span('rescue', { at: 2 })] })],
      tried,
    );
    expect(dataBefore(run, 'rescue').error).toMatchObject({ code: 'raised' });
    expect(dataBefore(run, 'bad').error).toBeUndefined();
  });

  it('leaves out what had not ended yet beside it', () => {
    const run = runOf([span('a', { at: 1, ms: 10, output: 'late' }), span('z', { at: 5 })], operation);
    expect(dataBefore(run, 'z').variables).toEqual({});
  });
});

describe('where a run failed', () => {
  it('is the innermost step, with its item', () => {
    expect(failureOf(failed)).toEqual({
      id: 'last',
      within: null,
      item: { number: 2, of: 3 },
      iterations: new Map([['lines', 1]]),
    });
    expect(failureOf(runOf([], operation))).toBeNull();
  });

  it('is the step that called, where another operation failed', () => {
    const error = { ...failure('x'), node: 'service/tools/send/post' };
    expect(failureOf(runOf([span('a', { error })], operation, { error }))).toMatchObject({
      id: 'a',
      within: 'service/tools/send/post',
    });
  });
});

it('knows what stands around each action', () => {
  expect(Object.fromEntries(containersOf(operation))).toEqual({
    a: [],
    lines: [],
    cond: ['lines'],
    yes: ['lines', 'cond'],
    no: ['lines', 'cond'],
    last: ['lines'],
    z: [],
  });
});
