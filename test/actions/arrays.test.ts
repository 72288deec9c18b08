import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionContext, type ActionDefinition, ActionFailure, isEqual } from '../../actions/kit/index.ts';
import { runAction } from '../support/run-action.ts';

/** A context whose random numbers are given. */
const worldOf = (numbers: readonly number[]): ActionContext => {
  let at = 0;
  const random = (): number => numbers[at++ % numbers.length] ?? 0;
  return { host: { random } } as unknown as ActionContext;
};
const run = (id: string, given: Record<string, unknown>, numbers: readonly number[] = [0.5]): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, worldOf(numbers));
const list = (id: string, given: Record<string, unknown>): unknown[] => run(id, given) as unknown[];

const refusal = (id: string, given: Record<string, unknown>): string => {
  try {
    run(id, given);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'accepted';
};

const digits = [1, 2, 3, 4, 5];
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('as Elixir documents its own functions', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'array/chunk',
      { array: upTo(6), count: 2 },
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
    [
      'array/chunk',
      { array: upTo(6), count: 3, step: 2, leftover: [7] },
      [
        [1, 2, 3],
        [3, 4, 5],
        [5, 6, 7],
      ],
    ],
    ['array/chunk', { array: upTo(4), count: 3, step: 3, leftover: [] }, [[1, 2, 3], [4]]],
    ['array/chunk', { array: upTo(4), count: 10 }, [[1, 2, 3, 4]]],
    [
      'array/chunk',
      { array: digits, count: 2, step: 3, leftover: [] },
      [
        [1, 2],
        [4, 5],
      ],
    ],
    [
      'array/chunk',
      { array: digits, count: 4, step: 4, leftover: [6, 7, 8, 9, 10] },
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
    ],
    [
      'array/chunk',
      { array: upTo(7), count: 2, step: 3, leftover: [8] },
      [
        [1, 2],
        [4, 5],
        [7, 8],
      ],
    ],
    [
      'array/chunk',
      { array: upTo(7), count: 2, step: 4 },
      [
        [1, 2],
        [5, 6],
      ],
    ],
    [
      'array/sliding-window',
      { array: upTo(6), count: 3, step: 2 },
      [
        [1, 2, 3],
        [3, 4, 5],
      ],
    ],
    ['array/de-duplicate', { array: [1, 2, 3, 3, 2, 1] }, [1, 2, 3, 2, 1]],
    ['array/delete', { array: ['a', 'b', 'b', 'c'], element: 'b' }, ['a', 'b', 'c']],
    ['array/delete-at', { array: [1, 2, 3], index: -1 }, [1, 2]],
    ['array/drop', { array: [1, 2, 3], count: 10 }, []],
    ['array/drop', { array: [1, 2, 3], count: -5 }, []],
    ['array/drop-every', { array: upTo(10), nth: 2 }, [2, 4, 6, 8, 10]],
    ['array/take-every', { array: upTo(10), nth: 3 }, [1, 4, 7, 10]],
    ['array/flatten', { array: [1, [[2], 3]] }, [1, 2, 3]],
    ['array/flatten', { array: [[[[]]]] }, []],
    ['array/insert-at', { array: [1, 2, 3, 4], index: -1, value: 5 }, [1, 2, 3, 4, 5]],
    ['array/insert-at', { array: [1, 2, 3, 4], index: -2, value: 0 }, [1, 2, 3, 0, 4]],
    ['array/insert-at', { array: [], index: -1, value: 0 }, [0]],
    ['array/replace-at', { array: [1, 2, 3], index: 10, value: 0 }, [1, 2, 3]],
    ['array/replace-at', { array: [1, 2, 3], index: -10, value: 0 }, [1, 2, 3]],
    ['array/reverse-slice', { array: upTo(6), index: 2, count: 4 }, [1, 2, 6, 5, 4, 3]],
    ['array/reverse-slice', { array: upTo(6), index: 2, count: 0 }, upTo(6)],
    ['array/slice', { array: upTo(10), index: 5, count: 100 }, [6, 7, 8, 9, 10]],
    ['array/slice', { array: upTo(10), index: -6, count: 3 }, [5, 6, 7]],
    ['array/slice', { array: upTo(10), index: 5, count: 0 }, []],
    ['array/split', { array: [1, 2, 3], count: 2 }, [[1, 2], [3]]],
    ['array/split', { array: [1, 2, 3], count: 0 }, [[], [1, 2, 3]]],
    ['array/split', { array: [1, 2, 3], count: -1 }, [[1, 2], [3]]],
    ['array/starts-with', { array: [], value: [1, 2] }, false],
    ['array/starts-with', { array: [1, 2, 3], value: [1, 2] }, true],
    ['array/intersperse', { array: [], element: 0 }, []],
    ['array/take-random', { array: [], count: 3 }, []],
    ['array/sum', { array: [0.1, 0.2] }, 0.1 + 0.2],
    ['array/wrap', { value: { a: 1 } }, [{ a: 1 }]],
    [
      'array/zip',
      {
        arrays: [
          [1, 2, 3],
          ['a', 'b', 'c'],
          ['foo', 'bar'],
        ],
      },
      [
        [1, 'a', 'foo'],
        [2, 'b', 'bar'],
      ],
    ],
  ])('%s %j', (id, given, result) => expect(run(id, given)).toStrictEqual(result));
});

/** Few different values, so that many are equal. */
const scalar = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom<unknown>('1', '', 'null', 'é', true, false, null, Number.NaN, -0, 0.5),
  fc.constantFrom<unknown>(new Date(0), new Date(1), new Uint8Array([1]), new Uint8Array([1, 2])),
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '#1'), tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;
const values = fc.array(value, { maxLength: 12 });
const has = (array: readonly unknown[], item: unknown): boolean => array.some((other) => isEqual(other, item));
const firstOf = (array: readonly unknown[], item: unknown): number => array.findIndex((other) => isEqual(other, item));

describe('equality is deep, whatever the values are', () => {
  it('unique keeps exactly the first of equal items', () =>
    fc.assert(
      fc.property(values, (array) => {
        expect(list('array/unique', { array })).toStrictEqual(
          array.filter((item, index) => firstOf(array, item) === index),
        );
      }),
    ));

  it('de-duplicate keeps every item that differs from the one before', () =>
    fc.assert(
      fc.property(values, (array) => {
        expect(list('array/de-duplicate', { array })).toStrictEqual(
          array.filter((item, index) => index === 0 || !isEqual(item, array[index - 1])),
        );
      }),
    ));

  it('intersection, union and not-in are what a comparison of all with all gives', () =>
    fc.assert(
      fc.property(values, values, (array, other) => {
        const firsts = array.filter((item, index) => firstOf(array, item) === index);
        expect(list('array/intersection', { array, with: other })).toStrictEqual(
          firsts.filter((item) => has(other, item)),
        );
        expect(list('array/not-in', { array, in: other })).toStrictEqual(array.filter((item) => !has(other, item)));
        const both = [...array, ...other];
        expect(list('array/union', { array, with: other })).toStrictEqual(
          both.filter((item, index) => firstOf(both, item) === index),
        );
      }),
    ));

  it('is-member, delete and starts-with find what is equal', () =>
    fc.assert(
      fc.property(values, value, (array, element) => {
        const index = firstOf(array, element);
        expect(run('array/is-member', { array, element })).toBe(index >= 0);
        expect(list('array/delete', { array, element })).toStrictEqual(array.filter((_, at) => at !== index));
        expect(run('array/starts-with', { array, value: [element] })).toBe(index === 0);
        expect(run('array/starts-with', { array, value: array.slice(0, 3) })).toBe(true);
      }),
    ));

  it('find-duplicates gives what occurs more than once, but not what is missing', () =>
    fc.assert(
      fc.property(values, (array) => {
        const found = list('array/find-duplicates', { array });
        for (const item of array) {
          const often = array.filter((other) => isEqual(other, item)).length > 1;
          expect(has(found, item)).toBe(often && item !== null);
        }
        expect(list('array/unique', { array: found })).toHaveLength(found.length);
      }),
    ));

  it('does not mistake a text for the form of something else', () =>
    expect(
      list('array/unique', { array: ['[1,', [1], '#0', [[1]], '{}', {}, [], ['#0'], 'null', null, [null]] }),
    ).toHaveLength(11));

  it('takes long texts inside of arrays apart', () => {
    const long = 'x'.repeat(1000);
    const array = [[long], [`${long}y`], ['x'.repeat(1000)], [{ a: long }]];
    expect(list('array/unique', { array })).toStrictEqual([[long], [`${long}y`], [{ a: long }]]);
  });
});

describe('order', () => {
  it('puts different kinds one after the other, and texts by code points', () => {
    const sorted = [
      -1,
      0,
      2.5,
      10,
      false,
      null,
      true,
      new Date(0),
      new Date(1),
      {},
      { b: 1 },
      { b: 2 },
      { c: 0 },
      { a: 0, b: 0 },
      [],
      [1],
      [1, 5],
      [2],
      ['a'],
      '',
      '10',
      '9',
      'Z',
      'a',
      'ab',
      '\uff5e',
      '\u{1f600}',
      new Uint8Array([1]),
      new Uint8Array([1, 2]),
    ];
    expect(run('array/sort', { array: sorted.toReversed() })).toStrictEqual(sorted);
  });

  it('is total: any array has one sorted order, whatever order it comes in', () =>
    fc.assert(
      fc.property(
        values,
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (array, numbers) => {
          const sorted = list('array/sort', { array });
          const mixed = run('array/shuffle', { array }, [...numbers.take(50)]) as unknown[];
          expect(isEqual(list('array/sort', { array: mixed }), sorted)).toBe(true);
          expect(sorted).toHaveLength(array.length);
        },
      ),
    ));

  it('sort-by goes by the first key that differs and keeps the order of equals', () => {
    const row = fc.record({
      a: fc.integer({ min: 0, max: 2 }),
      b: fc.option(fc.integer({ min: 0, max: 2 })),
      n: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(row), (array) => {
        const keys = [{ path: 'a', order: 'descending' }, { path: ['b'] }];
        const sorted = list('array/sort-by', { array, keys }) as typeof array;
        const expected = array.toSorted(
          (x, y) => y.a - x.a || (x.b ?? Number.POSITIVE_INFINITY) - (y.b ?? Number.POSITIVE_INFINITY) || 0,
        );
        expect(sorted).toStrictEqual(expected);
      }),
    );
  });

  it.each([
    ['ascending', 'last', [1, 2, null]],
    ['ascending', 'first', [null, 1, 2]],
    ['descending', 'last', [2, 1, null]],
    ['descending', 'first', [null, 2, 1]],
  ])('%s with nulls %s', (order, nulls, sorted) =>
    expect(run('array/sort-by', { array: [2, null, 1], keys: [{ path: [], order, nulls }] })).toStrictEqual(sorted),
  );

  it('sort-by-path keeps whole numbers in texts exact', () => {
    const array = ['9007199254740993', 9007199254740991, '-9007199254740993', '+7', '9007199254740992'];
    expect(run('array/sort-by-path', { array: array.map((n) => [n]), path: 0, 'value-type': 'integer' })).toStrictEqual(
      [array[2], array[3], array[1], array[4], array[0]].map((n) => [n]),
    );
  });

  it.each([
    ['integer', 1.5],
    ['integer', '1.5'],
    ['integer', '0x10'],
    ['float', ''],
    ['float', 'Infinity'],
    ['float', true],
    ['string', []],
  ])('sort-by-path refuses %s of %j by its place', (type, found) =>
    expect(refusal('array/sort-by-path', { array: [{ v: found }], path: 'v', 'value-type': type })).toContain(
      'input-invalid: The value at `path` in `array[0]` must be',
    ),
  );
});

describe('chance', () => {
  const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 });

  it('moves items and neither adds nor loses one', () =>
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat({ max: 20 }), chances, (array, count, numbers) => {
        const shuffled = run('array/shuffle', { array }, numbers) as number[];
        expect(shuffled.toSorted((a, b) => a - b)).toStrictEqual(array.toSorted((a, b) => a - b));
        const taken = run('array/take-random', { array, count }, numbers) as number[];
        expect(taken).toStrictEqual(shuffled.slice(0, count));
        if (array.length > 0) expect(array).toContain(run('array/random', { array }, numbers));
      }),
    ));

  it('reaches every order of three items, each for one of six equal parts of chance', () => {
    const orders = new Set<string>();
    for (const first of [0, 1 / 3, 2 / 3]) {
      for (const second of [0, 0.5]) {
        orders.add(String(run('array/shuffle', { array: ['a', 'b', 'c'] }, [first + 0.01, second + 0.01, 0])));
      }
    }
    expect(orders.size).toBe(6);
  });
});

describe('pieces', () => {
  it('that follow one another make the array again', () =>
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 8 }), (array, count) => {
        const chunks = list('array/chunk', { array, count }) as number[][];
        expect(chunks.flat()).toStrictEqual(array);
        for (const chunk of chunks.slice(0, -1)) expect(chunk).toHaveLength(count);
        expect(list('array/take', { array, count }).concat(list('array/drop', { array, count }))).toStrictEqual(array);
        expect((list('array/split', { array, count: -count }) as number[][]).flat()).toStrictEqual(array);
        const every = list('array/take-every', { array, nth: count }).length;
        expect(every + list('array/drop-every', { array, nth: count }).length).toBe(array.length);
      }),
    ));

  it('that slide are all full, and begin at every step', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat()),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        (array, count, step) => {
          const windows = list('array/sliding-window', { array, count, step }) as number[][];
          windows.forEach((window, index) => {
            expect(window).toStrictEqual(array.slice(index * step, index * step + count));
            expect(window).toHaveLength(count);
          });
          expect(windows.length * step + count).toBeGreaterThan(array.length);
        },
      ),
    ));

  it('that are zipped twice are what they were', () => {
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.array(fc.array(fc.nat(), { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(table, (arrays) => {
        expect(list('array/zip', { arrays: list('array/zip', { arrays }) })).toStrictEqual(arrays);
      }),
    );
  });
});

describe('keys from outside', () => {
  const hostile = ['__proto__', 'constructor', 'toString', '__proto__'];
  const polluted = (): unknown => (Object.prototype as Record<string, unknown>).polluted;

  it('are own keys of what is made of them', () => {
    const grouped = run('array/group-by', { array: hostile }) as object;
    expect(Object.entries(grouped)).toStrictEqual([
      ['__proto__', ['__proto__', '__proto__']],
      ['constructor', ['constructor']],
      ['toString', ['toString']],
    ]);
    expect(Object.entries(run('array/count-by', { array: hostile }) as object)[0]).toStrictEqual(['__proto__', 2]);
    const array = hostile.map((id) => ({ id, polluted: true }));
    for (const given of [{ array, path: 'id' }]) {
      const indexed = run('array/index-by', given) as object;
      expect(Object.keys(indexed)).toStrictEqual(['__proto__', 'constructor', 'toString']);
      expect(Object.getPrototypeOf(indexed)).toBe(Object.prototype);
    }
    expect(Object.keys(run('array/to-object', { array, key: 'id' }) as object)).toHaveLength(3);
    expect(Object.keys(run('array/to-object', { array: [['__proto__', { polluted: true }]] }) as object)).toEqual([
      '__proto__',
    ]);
    expect(polluted()).toBeUndefined();
  });

  it('are not looked for where they are inherited', () => {
    expect(run('array/pluck', { array: [{}, [], 'x'], path: 'length' })).toStrictEqual([null, null, null]);
    expect(run('array/pluck', { array: [{}], path: ['__proto__', 'toString'] })).toStrictEqual([null]);
    expect(refusal('array/to-object', { array: [{}], key: 'constructor' })).toContain('input-invalid');
  });
});

describe.each<[string, (answer: unknown, turn: number) => unknown]>([
  ['at once', (answer) => answer],
  ['later', (answer) => Promise.resolve(answer)],
  ['now and then later', (answer, turn) => (turn % 2 === 1 ? Promise.resolve(answer) : answer)],
])('with steps that answer %s', (_, answer) => {
  const seen: unknown[] = [];
  const foreach = (locals: Record<string, unknown>): unknown => {
    const { index, value } = locals.it as { index: number; value: number };
    seen.push([index, value]);
    return answer(value % 2 === 0 ? 'even' : null, index);
  };
  const given = { array: [4, 5, 6], foreach, scope: 'it' };

  it.each([
    ['array/group-by', { even: [4, 6], null: [5] }],
    ['array/count-by', { even: 2, null: 1 }],
    ['array/index-by', { even: 6, null: 5 }],
    ['array/unique-by', [4, 5]],
    ['array/find-duplicates', ['even']],
    ['array/partition', [[4, 6], [5]]],
  ])('%s sees each item once and in order', async (id, result) => {
    seen.length = 0;
    expect(await run(id, given)).toStrictEqual(result);
    expect(seen).toStrictEqual([
      [0, 4],
      [1, 5],
      [2, 6],
    ]);
  });

  it('goes no further than the first that fails', async () => {
    seen.length = 0;
    const failing = (locals: Record<string, unknown>): unknown => {
      foreach(locals);
      throw new ActionFailure('raised', 'No.');
    };
    const attempt = (async () => run('array/group-by', { ...given, foreach: failing }))();
    await expect(attempt).rejects.toThrow('No.');
    expect(seen).toHaveLength(1);
  });
});

describe('hostile data', () => {
  const nested = (levels: number): unknown => {
    let data: unknown = 1;
    for (let level = 0; level < levels; level += 1) data = [data];
    return data;
  };
  /** Small in memory, but of 2^60 items for whoever walks over all of them. */
  const shared = (end: unknown): unknown => {
    let data = end;
    for (let level = 0; level < 60; level += 1) data = level % 2 === 0 ? [data, data] : { a: data, b: data };
    return data;
  };
  const endless = (): unknown[] => {
    const data: unknown[] = [];
    data.push(data);
    return data;
  };

  it.each([
    ['array/unique', {}],
    ['array/sort', {}],
    ['array/flatten', {}],
    ['array/is-member', { element: nested(5000) }],
    ['array/find-duplicates', {}],
  ])('%s refuses what is nested too deeply or for ever', (id, more) => {
    for (const array of [
      [nested(5000), nested(5000)],
      [endless(), endless()],
    ]) {
      expect(refusal(id, { array, ...more })).toMatch(
        /^input-invalid: `array` .*(?:deeper than 1000 levels|more than)/,
      );
    }
  });

  it('that is shared is compared in the time that it takes to look at it once', () => {
    const array = [shared(1), shared(1), shared(2)];
    expect(list('array/unique', { array })).toHaveLength(2);
    expect(run('array/is-member', { array, element: shared(2) })).toBe(true);
    expect(run('array/starts-with', { array, value: [shared(1)] })).toBe(true);
  });

  it('that is shared is refused where every part would count', () => {
    expect(refusal('array/sort', { array: [shared(1), shared(1)] })).toContain('too long to compare');
    let empties: unknown[] = [];
    for (let level = 0; level < 60; level += 1) empties = [empties, empties];
    expect(refusal('array/flatten', { array: empties })).toContain('more than 1000000 items');
  });

  const many = Array.from({ length: 20_000 }, (_, index) => ({ id: index % 10_000, tags: ['a', { b: [] }] }));
  it.each<[string, Record<string, unknown>, number]>([
    ['array/unique', { array: many }, 10_000],
    ['array/unique-by', { array: many, path: 'id' }, 10_000],
    ['array/find-duplicates', { array: many }, 10_000],
    ['array/not-in', { array: many, in: many.slice(10_000, 15_000) }, 10_000],
    ['array/intersection', { array: many, with: many }, 10_000],
    ['array/union', { array: many, with: many }, 10_000],
    ['array/reverse-slice', { array: many, index: 1, count: 19_999 }, 20_000],
    ['array/sort-by', { array: many, keys: [{ path: 'id', order: 'descending' }] }, 20_000],
  ])('%s is linear, or nearly so', (id, given, count) => expect(list(id, given)).toHaveLength(count));

  it.each<[string, Record<string, unknown>]>([
    ['array/chunk', { array: upTo(2000), count: 1000, step: 1 }],
    ['array/sliding-window', { array: upTo(2000), count: 1000 }],
    ['array/concatenate', { 'array-left': Array(600_000), 'array-right': Array(600_000) }],
    ['array/add', { array: Array(600_000), item: Array(600_000) }],
    ['array/intersperse', { array: Array(600_000), element: 1 }],
    ['array/zip', { arrays: [Array(1000), ...Array.from({ length: 1001 }, () => [])], length: 'longest' }],
    ['array/join', { array: Array(1000).fill('x'), separator: 'y'.repeat(20_000) }],
    ['array/to-string', { array: Array(1000).fill('x'.repeat(20_000)) }],
    ['array/range', { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }],
    ['array/duplicate', { item: null, count: Number.MAX_SAFE_INTEGER }],
  ])('%s refuses a result that would be too large', (id, given) =>
    expect(refusal(id, given)).toMatch(/^(?:input-invalid|too-large): `[\w-]+` would (?:give|make)/),
  );

  it('range stays exact at the ends of the whole numbers', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(run('array/range', { from: most - 2, to: most })).toStrictEqual([most - 2, most - 1, most]);
    expect(run('array/range', { from: most, to: -most, step: -most })).toStrictEqual([most, 0, -most]);
    expect(run('array/range', { from: -most, to: most, step: most })).toStrictEqual([-most, 0, most]);
  });
});
