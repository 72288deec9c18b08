import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { ActionDefinition, ActionFailure, Lazy } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction, type TestBranch } from '../support/action-context.ts';

let opened: OpenContext;
beforeEach(async () => {
  opened = await openActionContext();
});
afterEach(() => opened.close());

const run = (id: string, given: Record<string, unknown>): Promise<unknown> => {
  const result = (async () => runAction(actionById.get(id) as ActionDefinition, given, opened.context))();
  // A test may look at a failure some turns after it came.
  result.catch(() => {});
  return result;
};

const failure = (code: string, extra: object = {}) => Object.assign(new Error(`It is ${code}.`), { code, ...extra });
const local = (locals: Record<string, unknown> = {}, name: string) => locals[name] as Record<string, unknown>;
const turn = () => new Promise(setImmediate);

/** Steps that wait until the test lets them go on, and tell what became of them. */
class Work {
  readonly begun: string[] = [];
  readonly stopped: string[] = [];
  private readonly open = new Map<string, { resolve(value: unknown): void; reject(thrown: unknown): void }>();

  steps(name: string): Lazy {
    return (_, branch) => {
      this.begun.push(name);
      const { signal } = branch as TestBranch;
      return new Promise((resolve, reject) => {
        this.open.set(name, { resolve, reject });
        signal.addEventListener('abort', () => {
          this.stopped.push(name);
          reject(signal.reason);
        });
      });
    };
  }

  async finish(name: string, value: unknown = name): Promise<void> {
    this.open.get(name)?.resolve(value);
    await turn();
  }

  async fail(name: string, thrown: unknown): Promise<void> {
    this.open.get(name)?.reject(thrown);
    await turn();
  }
}

let work: Work;
beforeEach(() => {
  work = new Work();
});

interface Kind {
  id: string;
  rows: string;
}
const all: Kind[] = [
  { id: 'flow/parallel', rows: 'branches' },
  { id: 'system/async', rows: 'threads' },
];
const rowsOf = (names: string) => Array.from(names, (id) => ({ id, value: work.steps(id) }));

describe.each(all)('$id', ({ id, rows }) => {
  const begin = (names: string, more: object = {}) => run(id, { [rows]: rowsOf(names), ...more });

  it('gives results in the order of the rows, whoever is first', async () => {
    const result = begin('abc');
    expect(work.begun).toEqual(['a', 'b', 'c']);
    for (const name of ['c', 'a', 'b']) await work.finish(name, `${name}!`);
    expect(JSON.stringify(await result)).toBe('{"a":"a!","b":"b!","c":"c!"}');
    expect(work.stopped).toEqual([]);
  });

  it('fails with the first failure, and stops the others', async () => {
    const result = begin('abc');
    const thrown = failure('raised');
    await work.finish('a');
    await work.fail('c', thrown);
    await expect(result).rejects.toBe(thrown);
    expect(work.stopped).toEqual(['b']);
  });

  it('stops everybody when the time is over', async () => {
    await expect(begin('ab', { timeout: 1 })).rejects.toMatchObject({ code: 'timeout' });
    expect(work.stopped).toEqual(['a', 'b']);
  });

  it('keeps ids that are names of objects apart', async () => {
    const value = [{ id: '__proto__', value: 1 }];
    expect(Object.entries((await run(id, { [rows]: value })) as object)).toEqual([['__proto__', 1]]);
  });

  it('does not begin what comes after steps that fail at once', async () => {
    const fail: Lazy = () => {
      throw failure('raised');
    };
    const given = { [rows]: [...rowsOf('a'), { id: 'b', value: fail }, ...rowsOf('c')] };
    await expect(run(id, given)).rejects.toMatchObject({ code: 'raised' });
    expect(work).toMatchObject({ begun: ['a'], stopped: ['a'] });
  });

  it('lets each branch have variables of its own', async () => {
    const set = (value: string) => ({
      $do: {
        actions: [
          { id: 'pause', action: 'thread/sleep', input: { duration: 1 } },
          { id: 'add', action: 'variable/set', input: { value }, output: ['variables', value] },
        ],
        output: { $ref: ['variables'] },
      },
    });
    const given = [
      { id: 'a', value: set('a') },
      { id: 'b', value: set('b') },
    ];
    expect(await run(id, { [rows]: given })).toEqual({ a: { a: 'a' }, b: { b: 'b' } });
  });
});

describe('flow/parallel', () => {
  const begin = (names: string, more: object) => run('flow/parallel', { branches: rowsOf(names), ...more });

  it('has no more than the limit at work, and begins the next when one ends', async () => {
    const result = begin('abcd', { limit: 2 });
    expect(work.begun).toEqual(['a', 'b']);
    await work.finish('b');
    expect(work.begun).toEqual(['a', 'b', 'c']);
    await work.finish('a');
    expect(work.begun).toEqual(['a', 'b', 'c', 'd']);
    await work.finish('c');
    await work.finish('d');
    expect(await result).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd' });
  });

  it('begins nothing any more after a failure', async () => {
    const result = begin('abc', { limit: 1 });
    await work.fail('a', failure('raised'));
    await expect(result).rejects.toMatchObject({ code: 'raised' });
    expect(work.begun).toEqual(['a']);
  });

  it.each([
    ['a failure', 'a', { limit: 2 }],
    ['its time', '', { limit: 1, timeout: 1 }],
  ])('begins nothing any more after %s, even if what it stops ends well', async (_, first, more) => {
    let end: (value: unknown) => void = () => {};
    const stubborn: Lazy = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    const branches = [...rowsOf(first), { id: 'b', value: stubborn }, ...rowsOf('c')];
    const result = run('flow/parallel', { branches, ...more });
    await work.fail(first, failure('raised'));
    await expect(result).rejects.toThrow();
    end('b');
    await turn();
    expect(work.begun.join('')).toBe(first);
  });

  it('collects failures and lets the others go on', async () => {
    const result = begin('abc', { onFailure: 'collect', limit: 2 });
    await work.fail('a', failure('raised'));
    await work.finish('b', null);
    await work.finish('c');
    expect(work.stopped).toEqual([]);
    expect(await result).toEqual({
      a: { error: { name: 'Error', code: 'raised', message: 'It is raised.' } },
      b: { value: null },
      c: { value: 'c' },
    });
  });

  it('collects what is not finished in time as timeout', async () => {
    const result = begin('abc', { onFailure: 'collect', timeout: 20, limit: 2 });
    await work.finish('a');
    expect(await result).toMatchObject({
      a: { value: 'a' },
      b: { error: { code: 'timeout' } },
      c: { error: { code: 'timeout' } },
    });
    expect(work.begun).toEqual(['a', 'b', 'c']);
    expect(work.stopped).toEqual(['b', 'c']);
  });

  it('collects no end of the run', async () => {
    const result = begin('ab', { onFailure: 'collect' });
    const thrown = failure('step-limit', { uncatchable: true });
    await work.fail('b', thrown);
    await expect(result).rejects.toBe(thrown);
    expect(work.stopped).toEqual(['a']);
  });

  it('needs no promises when no branch waits', () => {
    const branches = Array.from({ length: 10_000 }, (_, index) => ({ id: `b${index}`, value: index }));
    const definition = actionById.get('flow/parallel') as ActionDefinition;
    expect(Object.keys(runAction(definition, { branches, limit: 3 }, opened.context) as object)).toHaveLength(10_000);
  });
});

describe('flow/race', () => {
  const begin = (names: string, more: object = {}) => run('flow/race', { branches: rowsOf(names), ...more });

  it('gives the first success and stops the others', async () => {
    const result = begin('abc');
    await work.fail('a', failure('raised'));
    await work.finish('c', null);
    expect(await result).toEqual({ id: 'c', value: null });
    expect(work.stopped).toEqual(['b']);
  });

  it('fails when all do, and says how', async () => {
    const result = begin('ab');
    await work.fail('b', failure('second'));
    await work.fail('a', failure('first'));
    const error = (await result.catch((thrown) => thrown)) as ActionFailure;
    expect(error).toMatchObject({ code: 'all-failed', message: 'All 2 of `branches` failed, with second, first.' });
    expect(error.details).toMatchObject({ errors: { a: { code: 'first' }, b: { code: 'second' } } });
  });

  it('until settled, the first failure decides as well', async () => {
    const result = begin('ab', { until: 'settled' });
    const thrown = failure('raised');
    await work.fail('b', thrown);
    await expect(result).rejects.toBe(thrown);
    expect(work.stopped).toEqual(['a']);
  });

  it('does not pass over the end of the run', async () => {
    const result = begin('ab');
    const thrown = failure('cancelled', { uncatchable: true });
    await work.fail('a', thrown);
    await expect(result).rejects.toBe(thrown);
  });

  it('begins nobody after one that wins at once', async () => {
    const branches = [...rowsOf('a'), { id: 'quick', value: 1 }, ...rowsOf('c')];
    expect(await run('flow/race', { branches })).toEqual({ id: 'quick', value: 1 });
    expect(work).toMatchObject({ begun: ['a'], stopped: ['a'] });
  });

  it('has an end of its own', async () => {
    await expect(begin('ab', { timeout: 1 })).rejects.toMatchObject({ code: 'timeout' });
    expect(work.stopped).toEqual(['a', 'b']);
  });
});

describe('system/async-stream', () => {
  const begin = (names: string, more: object = {}) => {
    const thread: Lazy = (locals, branch) => work.steps(String(local(locals, 'item').value))(locals, branch);
    return run('system/async-stream', { values: Array.from(names), thread, scope: 'item', ...more });
  };
  const finishAll = async (names: string) => {
    for (const name of names) await work.finish(name);
  };

  it('keeps the order of the items, or that of their ends', async () => {
    const ordered = begin('abc');
    await finishAll('cab');
    expect(await ordered).toEqual(['a', 'b', 'c']);
    const unordered = begin('abc', { ordered: false });
    await finishAll('cab');
    expect(await unordered).toEqual(['c', 'a', 'b']);
  });

  it('begins in order, so many at once', async () => {
    const result = begin('abcd', { limit: 3 });
    expect(work.begun).toEqual(['a', 'b', 'c']);
    await finishAll('b');
    expect(work.begun).toEqual(['a', 'b', 'c', 'd']);
    await finishAll('acd');
    expect(await result).toEqual(['a', 'b', 'c', 'd']);
  });

  it('counts the time of each item from its own beginning', async () => {
    const result = begin('ab', { limit: 1, timeout: 20 });
    await finishAll('a');
    await expect(result).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('item at 1') });
    expect(work.stopped).toEqual(['b']);
  });

  it('stops the others when one fails', async () => {
    const result = begin('abc', { limit: 2 });
    await work.fail('b', failure('raised'));
    await expect(result).rejects.toMatchObject({ code: 'raised' });
    expect(work).toMatchObject({ begun: ['a', 'b'], stopped: ['a'] });
  });
});

describe('flow/timeout', () => {
  const onTimeout: Lazy = (locals) => local(locals, 'error').code;

  it('stops the steps, and lets onTimeout answer', async () => {
    expect(await run('flow/timeout', { value: work.steps('a'), timeout: 1, onTimeout })).toBe('timeout');
    expect(work.stopped).toEqual(['a']);
  });

  it('passes failures of the steps on, a timeout of theirs as well', async () => {
    const result = run('flow/timeout', { value: work.steps('a'), timeout: 60_000, onTimeout });
    const thrown = failure('timeout');
    await work.fail('a', thrown);
    await expect(result).rejects.toBe(thrown);
  });

  it('gives the result of steps that are in time', async () => {
    const result = run('flow/timeout', { value: work.steps('a'), timeout: 60_000, onTimeout });
    await work.finish('a', 7);
    expect(await result).toBe(7);
    expect(work.stopped).toEqual([]);
  });
});
