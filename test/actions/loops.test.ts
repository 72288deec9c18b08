import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionDefinition, isTruthy, type Lazy } from '../../actions/kit/index.ts';
import { runAction } from '../support/action-context.ts';

// None of these actions uses the world.
const run = (id: string, given: Record<string, unknown>): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, undefined);

type Pass = { index: number; value: unknown; accumulator?: unknown };
const passOf = (locals?: Record<string, unknown>): Pass => locals?.item as Pass;

const later = async <T>(value: T): Promise<T> => {
  await null;
  return value;
};

/** A lazy that answers at once or later, as `waits` says for each of its calls, and must not be called while it is at work. */
const steps = (waits: readonly boolean[], answer: (pass: Pass) => unknown, seen: number[] = []): Lazy => {
  let calls = 0;
  let isAtWork = false;
  return (locals) => {
    expect(isAtWork).toBe(false);
    const pass = passOf(locals);
    seen.push(pass.index);
    const waitsNow = waits[calls % waits.length];
    calls += 1;
    if (!waitsNow) return answer(pass);
    isAtWork = true;
    return later(pass).then((late) => {
      isAtWork = false;
      return answer(late);
    });
  };
};

const anyWaits = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 });
const anyItems = fc.array(fc.constantFrom(0, 1, 2, null, false, 'a', ''), { maxLength: 12 });
const itself = (pass: Pass): unknown => pass.value;
const orMinus = (index: number, length: number): number => (index < 0 ? length : index + 1);

interface Search {
  id: string;
  field?: string;
  expected(items: unknown[]): unknown;
  /** How many items are looked at. */
  reached(items: unknown[]): number;
}
const firstTrue = (items: unknown[]): number => items.findIndex(isTruthy);
const firstFalse = (items: unknown[]): number => items.findIndex((item) => !isTruthy(item));
const untilTrue = (items: unknown[]): number => orMinus(firstTrue(items), items.length);
const searches: Search[] = [
  { id: 'iteration/any-is-true', expected: (items) => items.some(isTruthy), reached: untilTrue },
  {
    id: 'iteration/all-are-true',
    expected: (items) => items.every(isTruthy),
    reached: (items) => orMinus(firstFalse(items), items.length),
  },
  { id: 'iteration/find', field: 'condition', expected: (items) => items.find(isTruthy) ?? null, reached: untilTrue },
  { id: 'iteration/find-value', expected: (items) => items.find(isTruthy) ?? null, reached: untilTrue },
  {
    id: 'iteration/find-index',
    expected: (items) => (firstTrue(items) < 0 ? null : firstTrue(items)),
    reached: untilTrue,
  },
];

describe.each(searches)('$id', ({ id, field = 'foreach', expected, reached }) => {
  it('looks at one item after the other, and at none more than it needs', () =>
    fc.assert(
      fc.asyncProperty(anyItems, anyWaits, async (array, waits) => {
        const seen: number[] = [];
        expect(await run(id, { array, [field]: steps(waits, itself, seen) })).toStrictEqual(expected(array));
        expect(seen).toEqual([...Array(reached(array)).keys()]);
      }),
    ));

  it('needs neither promises nor a deep stack for many items', () => {
    const never = id.endsWith('all-are-true');
    const result = run(id, { array: Array(200_000).fill(never), [field]: () => never });
    expect(result).toBe(id.endsWith('true') ? never : null);
  });

  it('needs no deep stack for many items that wait', async () => {
    const never = id.endsWith('all-are-true');
    const result = await run(id, { array: Array(50_000).fill(never), [field]: async () => never });
    expect(result).toBe(id.endsWith('true') ? never : null);
  });
});

describe('what is made of all items', () => {
  it('reduce hands each result to the next item', () =>
    fc.assert(
      fc.asyncProperty(anyItems, anyWaits, fc.integer(), async (array, waits, initial) => {
        const foreach = steps(waits, ({ index, value, accumulator }) => [index, value, accumulator]);
        const expected = array.reduce<unknown>((accumulator, value, index) => [index, value, accumulator], initial);
        expect(await run('iteration/reduce', { array, initial, foreach })).toStrictEqual(expected);
      }),
    ));

  it('flat-map opens one level, in order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyItems, fc.integer())), anyWaits, async (array, waits) => {
        const result = await run('iteration/flat-map', { array, foreach: steps(waits, itself) });
        expect(result).toStrictEqual(array.flat());
      }),
    ));

  it('repeat counts its passes', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(20), anyWaits, async (times, waits) => {
        const result = await run('iteration/repeat', { times, do: steps(waits, ({ index }) => index * 2) });
        expect(result).toStrictEqual(Array.from({ length: times }, (_, index) => index * 2));
      }),
    ));

  it('for-each reaches every item and keeps nothing', () =>
    fc.assert(
      fc.asyncProperty(anyItems, anyWaits, async (array, waits) => {
        const seen: unknown[] = [];
        const foreach = steps(waits, ({ value }) => seen.push(value));
        expect(await run('iteration/for-each', { array, foreach })).toBeNull();
        expect(seen).toEqual(array);
      }),
    ));

  it('flat-map stops before its result is too large', () => {
    const many = Array(400_000).fill(0);
    let calls = 0;
    const foreach = (): unknown => {
      calls += 1;
      return many;
    };
    const work = () => run('iteration/flat-map', { array: Array(1000).fill(0), foreach });
    expect(work).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(calls).toBe(3);
  });
});

describe('while', () => {
  it('asks before each pass, and sees the result of the pass before', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(10), fc.nat(10), anyWaits, anyWaits, async (passes, max, waits, others) => {
        const trace: string[] = [];
        const condition = steps(waits, ({ index, value }) => {
          trace.push(`${index}? ${value}`);
          return index < passes;
        });
        const work = steps(others, ({ index, value }) => {
          trace.push(`${index}: ${value}`);
          return `result ${index}`;
        });
        const count = Math.min(passes, max);
        const before = (index: number): string => (index === 0 ? 'null' : `result ${index - 1}`);
        const expected = Array.from({ length: count }, (_, index) => [
          `${index}? ${before(index)}`,
          `${index}: ${before(index)}`,
        ]).flat();
        if (passes < max) expected.push(`${passes}? ${before(passes)}`);
        const result = await run('iteration/while', { condition, do: work, max });
        expect(result).toBe(count === 0 ? null : `result ${count - 1}`);
        expect(trace).toEqual(expected);
      }),
    ));

  it('shares the variables of the steps around it', async () => {
    const more = {
      $do: { actions: [{ id: 'set', action: 'scope/set', input: { value: true }, output: ['variables', 'isDone'] }] },
    };
    const given = { condition: { $op: 'not', of: [{ $ref: ['variables', 'isDone'] }] }, do: more, max: 5 };
    expect(await run('iteration/while', given)).toBe(true);
  });
});

describe.each([
  ['iteration/any-is-true', 'foreach', false],
  ['iteration/all-are-true', 'foreach', true],
  ['iteration/find', 'condition', null],
  ['iteration/find-index', 'foreach', null],
  ['iteration/find-value', 'foreach', null],
  ['iteration/for-each', 'foreach', 1],
  ['iteration/flat-map', 'foreach', []],
  ['iteration/reduce', 'foreach', 1],
])('%s', (id, field, goOn) => {
  it.each([
    ['thrown', false],
    ['rejected', true],
  ])('ends with a failure that is %s, at that item', async (_, waits) => {
    const seen: number[] = [];
    const answer = ({ index }: Pass): unknown => {
      if (index === 2) throw new Error('third');
      return goOn;
    };
    const work = async () => run(id, { array: Array(9).fill(0), [field]: steps([waits], answer, seen) });
    await expect(work()).rejects.toThrow('third');
    expect(seen).toEqual([0, 1, 2]);
  });

  it('lends a scope of any name as a plain local', async () => {
    const seen: unknown[] = [];
    const look: Lazy = (locals) => {
      seen.push(Object.keys(locals ?? {}), Object.getPrototypeOf(locals) === Object.prototype);
      return goOn;
    };
    await run(id, { array: [0], [field]: look, scope: '__proto__' });
    expect(seen).toEqual([['__proto__'], true]);
  });
});

describe('match', () => {
  const row = (trace: string[], comparison: string, other: unknown) => ({
    comparison,
    case: () => {
      trace.push(`${comparison}?`);
      return other;
    },
    value: () => {
      trace.push(comparison);
      return comparison;
    },
  });

  it.each([
    ['equal', [[1], [1]], [1, '1']],
    ['not-equal', [1, '1'], [null, null]],
    ['less-than', [1, 2], [2, '3']],
    ['less-than', ['a', 'b'], [1, 1]],
    ['less-than-or-equal', [1, 1], [null, null]],
    ['greater-than', [2, 1], [[2], [1]]],
    ['greater-than-or-equal', ['b', 'b'], [true, true]],
    ['one-of', ['b', ['a', 'b']], ['b', 'ab']],
  ])('%s holds for %j and not for %j', (comparison, [target, other], [wrong, another]) => {
    const given = (a: unknown, b: unknown) => ({ target: a, cases: [row([], comparison, b)], default: 'none' });
    expect(run('conditional/match', given(target, other))).toBe(comparison);
    expect(run('conditional/match', given(wrong, another))).toBe('none');
  });

  it('compares up to the first case that holds, and evaluates that value alone', () => {
    const trace: string[] = [];
    const cases = [row(trace, 'less-than', 3), row(trace, 'greater-than', 3), row(trace, 'equal', 5)];
    expect(run('conditional/match', { target: 5, cases })).toBe('greater-than');
    expect(trace).toEqual(['less-than?', 'greater-than?', 'greater-than']);
  });
});
