import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { ActionDefinition, Lazy } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeEach(async () => {
  opened = await openActionContext();
});
afterEach(() => opened.close());

const run = (id: string, given: Record<string, unknown>): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, opened.context);

type Local = { index: number; value: string; code: string };
const local = (locals: Record<string, unknown> | undefined, name: string): Local => locals?.[name] as Local;

const later = async <T>(value: T): Promise<T> => {
  await new Promise(setImmediate);
  return value;
};
/** The same steps, answering at once, always later, or turning to later half way. */
const ways: [string, (value: unknown, turn: number) => unknown][] = [
  ['at once', (value) => value],
  ['later', (value) => later(value)],
  ['now and then later', (value, turn) => (turn % 3 === 1 ? later(value) : value)],
];

describe.each(ways)('with steps that answer %s', (_, answer) => {
  /** A lazy that tells when it is evaluated. */
  const tell =
    (trace: string[], name: string, value: unknown): Lazy =>
    () => {
      trace.push(name);
      return answer(value, trace.length);
    };

  it('if evaluates conditions up to the first that holds, and that branch alone', async () => {
    const trace: string[] = [];
    const branch = (name: string, condition: unknown) => ({
      condition: tell(trace, `${name}?`, condition),
      value: tell(trace, name, name),
    });
    const conditions = [branch('a', false), branch('b', null), branch('c', 0), branch('d', true)];
    expect(await run('conditional/if', { conditions })).toBe('c');
    expect(trace).toEqual(['a?', 'b?', 'c?', 'c']);
  });

  it('switch evaluates cases up to the first that matches, and the default only without one', async () => {
    const trace: string[] = [];
    const given = (value: unknown) => ({
      value,
      cases: ['x', 'y'].map((name) => ({ case: tell(trace, `${name}?`, { name }), value: tell(trace, name, name) })),
      default: tell(trace, 'default', 'none'),
    });
    expect(await run('conditional/switch', given({ name: 'y' }))).toBe('y');
    expect(await run('conditional/switch', given({ name: 'z' }))).toBe('none');
    expect(trace).toEqual(['x?', 'y?', 'y', 'x?', 'y?', 'default']);
  });

  it('map goes through the items one after the other', async () => {
    let open = 0;
    const seen: unknown[] = [];
    const foreach: Lazy = (locals) => {
      expect(open).toBe(0);
      const { index, value } = local(locals, 'item');
      seen.push([index, value]);
      const result = answer(`${value}!`, index);
      if (!(result instanceof Promise)) return result;
      open += 1;
      return result.finally(() => {
        open -= 1;
      });
    };
    const array = Array.from('abcdefg');
    expect(await run('iteration/map', { array, foreach, scope: 'item' })).toEqual(array.map((value) => `${value}!`));
    expect(seen).toEqual(array.map((value, index) => [index, value]));
  });

  it('map stops at the item that fails', async () => {
    const seen: number[] = [];
    const foreach: Lazy = (locals) => {
      const { index } = local(locals, 'item');
      seen.push(index);
      if (index === 4) throw new Error('fourth');
      return answer(index, index);
    };
    const work = async () => run('iteration/map', { array: Array(9).fill(0), foreach, scope: 'item' });
    await expect(work()).rejects.toThrow('fourth');
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  it('filter keeps items, not results, in order', async () => {
    const results = [true, false, 0, null, '', 'x', false];
    const foreach: Lazy = (locals) => {
      const { index } = local(locals, 'loop-var');
      return answer(results[index], index);
    };
    const array = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(await run('iteration/filter', { array, foreach, scope: 'loop-var' })).toEqual(['a', 'c', 'e', 'f']);
  });

  it('try gives the value and leaves onError alone', async () => {
    const trace: string[] = [];
    const given = { value: tell(trace, 'value', null), onError: tell(trace, 'onError', 1) };
    expect(await run('conditional/try', given)).toBeNull();
    expect(trace).toEqual(['value']);
  });
});

describe('without promises', () => {
  const synchronous: [string, Record<string, unknown>, unknown][] = [
    [
      'conditional/if',
      {
        conditions: [
          { condition: false, value: 1 },
          { condition: true, value: 2 },
        ],
      },
      2,
    ],
    ['conditional/switch', { value: 1, cases: [{ case: 1, value: 'one' }] }, 'one'],
    ['conditional/try', { value: 1 }, 1],
    ['iteration/map', { array: [1, 2], foreach: 0, scope: 's' }, [0, 0]],
    ['iteration/filter', { array: [1, 2], foreach: true, scope: 's' }, [1, 2]],
    ['service/operation', { serviceOperationReference: 'service/tools/echo', input: { a: 1 } }, { a: 1 }],
  ];
  it.each(synchronous)('%s answers at once', (id, given, result) => expect(run(id, given)).toEqual(result));

  it('a long map needs neither promises nor a deep stack', () => {
    const array = Array(200_000).fill(1);
    expect(run('iteration/map', { array, foreach: 2, scope: 's' })).toHaveLength(200_000);
  });

  it('a long map that always waits needs no deep stack either', async () => {
    const foreach: Lazy = (locals) => Promise.resolve(local(locals, 's').index);
    const result = await run('iteration/map', { array: Array(50_000).fill(1), foreach, scope: 's' });
    expect((result as number[]).at(-1)).toBe(49_999);
  });
});

describe('a scope of any name', () => {
  it('stays a plain local', () => {
    const seen: unknown[] = [];
    const foreach: Lazy = (locals) => {
      seen.push(Object.keys(locals ?? {}), Object.getPrototypeOf(locals) === Object.prototype);
      return 1;
    };
    run('iteration/map', { array: [0], foreach, scope: '__proto__' });
    expect(seen).toEqual([['__proto__'], true]);
  });
});

const failure = (code: string, extra: object = {}) =>
  Object.assign(new Error(`It is ${code}.`), { name: 'RunFailure', code, ...extra });
const failing: [string, (thrown: unknown) => Lazy][] = [
  [
    'thrown',
    (thrown) => () => {
      throw thrown;
    },
  ],
  ['rejected', (thrown) => () => Promise.reject(thrown)],
];

describe.each(failing)('a failure that is %s', (_, fail) => {
  it('reaches onError as the scope error', async () => {
    const seen: unknown[] = [];
    const onError: Lazy = (locals) => {
      seen.push(locals);
      return 'instead';
    };
    const value = fail(failure('raised', { node: 'server/a/b/c' }));
    expect(await run('conditional/try', { value, onError })).toBe('instead');
    const error = { name: 'RunFailure', message: 'It is raised.', code: 'raised', node: 'server/a/b/c' };
    expect(seen).toStrictEqual([{ error }]);
  });

  it('gives null without onError', async () =>
    expect(await run('conditional/try', { value: fail(failure('raised')) })).toBeNull());

  it('is not caught when it must not be', async () => {
    const thrown = failure('step-limit', { uncatchable: true });
    let handled = 0;
    const onError: Lazy = () => {
      handled += 1;
    };
    const work = async () => run('conditional/try', { value: fail(thrown), onError, retry: 3 });
    await expect(work()).rejects.toBe(thrown);
    expect(handled).toBe(0);
  });

  it('of onError itself goes on', async () => {
    const second = failure('second');
    const work = async () => run('conditional/try', { value: fail(failure('first')), onError: fail(second) });
    await expect(work()).rejects.toBe(second);
  });

  it('is retried as often as asked before onError', async () => {
    let attempts = 0;
    const value: Lazy = () => {
      attempts += 1;
      return fail(failure(`attempt-${attempts}`))();
    };
    const onError: Lazy = (locals) => local(locals, 'error').code;
    expect(await run('conditional/try', { value, onError, retry: 2 })).toBe('attempt-3');
    attempts = 0;
    expect(await run('conditional/try', { value, onError, retry: 2, 'retry-delay': 'retry_count * 0.1' })).toBe(
      'attempt-3',
    );
  });

  it('that is no error still has a form', async () => {
    const seen: unknown[] = [];
    const onError: Lazy = (locals) => seen.push(locals?.error);
    for (const thrown of ['text', null, undefined, 7]) await run('conditional/try', { value: fail(thrown), onError });
    expect(seen).toEqual(
      ['text', 'null', 'undefined', '7'].map((message) => ({ name: 'Error', message, code: 'action-failed' })),
    );
  });
});

it('try stops retrying at the first success', async () => {
  let attempts = 0;
  const value: Lazy = () => {
    attempts += 1;
    if (attempts < 3) throw failure('raised');
    return attempts;
  };
  expect(await run('conditional/try', { value, retry: 9 })).toBe(3);
});

it.each([['soon'], [-1], ['retry_count - 5'], [true]])('try refuses the delay %j', async (delay) => {
  const value: Lazy = () => {
    throw failure('raised');
  };
  const work = async () => run('conditional/try', { value, retry: 1, 'retry-delay': delay });
  await expect(work()).rejects.toMatchObject({ code: 'input-invalid' });
});

describe('what reaches the engine', () => {
  it('log passes level, label and value on, info where nothing is said', () => {
    run('system/log', { label: 'Test', level: 'error', value: { a: 1 } });
    run('system/log', { value: 'Hello' });
    expect(opened.logged).toEqual([
      { level: 'error', label: 'Test', value: { a: 1 } },
      { level: 'info', label: undefined, value: 'Hello' },
    ]);
  });

  it('break passes its value on', () => {
    run('scope/break', { mapping: [1] });
    run('scope/break', { mapping: null });
    expect(opened.broken).toEqual([[1], null]);
  });

  it('raise keeps the message as it is', () => {
    const message = ' <b>{odd}</b>\n';
    expect(() => run('scope/raise', { message })).toThrow(expect.objectContaining({ code: 'raised', message }));
  });

  it('sleep ends when the run is cancelled', async () => {
    const reason = failure('cancelled', { uncatchable: true });
    const sleeping = run('conditional/try', {
      value: () => run('thread/sleep', { duration: 1_000_000 }),
      onError: 1,
    }) as Promise<unknown>;
    opened.cancel(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  it('service/operation hands its failure to onError, with type', async () => {
    const seen: unknown[] = [];
    const onError: Lazy = (locals) => {
      seen.push(locals);
      return later('instead');
    };
    const given = { serviceOperationReference: 'service/tools/none', onError };
    expect(await run('service/operation', given)).toBe('instead');
    expect(seen).toEqual([
      { error: expect.objectContaining({ code: 'operation-unknown', type: 'operation-unknown' }) },
    ]);
    const work = async () => run('service/operation', { ...given, stopOnError: true });
    await expect(work()).rejects.toMatchObject({ code: 'operation-unknown' });
    expect(seen).toHaveLength(2);
  });
});
