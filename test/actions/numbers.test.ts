import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionContext, type ActionDefinition, ActionFailure } from '../../actions/kit/index.ts';
import {
  exactDecimal,
  roundDecimal,
  roundings,
  splitDouble,
  toDouble,
  writtenDecimal,
} from '../../actions/support/decimal.ts';
import { runAction } from '../support/action-context.ts';

/** A host with a given random number and time, and one memory. */
const hostWith = (random: number, now = 0) => {
  const kept = new Map<string, object>();
  const shared = (kind: string, key: string, make: () => object) => {
    const place = `${kind} ${key}`;
    if (!kept.has(place)) kept.set(place, make());
    return kept.get(place);
  };
  return { host: { random: () => random, now: () => now, memory: { shared } } } as unknown as ActionContext;
};

const run = (id: string, given: Record<string, unknown>, context = hostWith(0.5)): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, context);

const failure = (id: string, given: Record<string, unknown>): string => {
  try {
    run(id, given);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'nothing failed';
};

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('decimals', () => {
  it('are the doubles they are made of', () => {
    fc.assert(
      fc.property(finite, (value) => {
        expect(toDouble(exactDecimal(value))).toBe(value + 0);
        expect(toDouble(writtenDecimal(value))).toBe(value + 0);
        const { mantissa, exponent } = splitDouble(value);
        expect(Number(mantissa) * 2 ** Math.max(exponent, -1000) * 2 ** Math.min(0, exponent + 1000)).toBe(value + 0);
      }),
    );
  });

  it('know all digits of a double', () => {
    const { digits, exponent } = exactDecimal(0.1);
    expect(digits).toBe(1000000000000000055511151231257827021181583404541015625n * 10n ** BigInt(-55 - exponent));
  });

  it.each([
    ['half-away', [3, 2, 2, -2, -3, 1]],
    ['half-even', [2, 2, 2, -2, -2, 1]],
    ['half-toward', [2, 1, 2, -1, -2, 1]],
    ['half-up', [3, 2, 2, -1, -2, 1]],
    ['half-down', [2, 1, 2, -2, -3, 1]],
    ['away', [3, 2, 2, -2, -3, 2]],
    ['toward', [2, 1, 1, -1, -2, 1]],
    ['up', [3, 2, 2, -1, -2, 2]],
    ['down', [2, 1, 1, -2, -3, 1]],
  ] as const)('are rounded: %s', (mode, rounded) =>
    expect([2.5, 1.5, 1.9, -1.5, -2.5, 1.1].map((number) => run('number/round', { number, mode }))).toEqual(rounded),
  );

  it('are rounded to a neighbour with so many places', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: -20, max: 20 }), fc.constantFrom(...roundings), (value, places, mode) => {
        const whole = exactDecimal(value);
        const { digits, exponent } = roundDecimal(whole, places, mode);
        const shared = Math.min(exponent, whole.exponent);
        const difference =
          digits * 10n ** BigInt(exponent - shared) - whole.digits * 10n ** BigInt(whole.exponent - shared);
        const unit = 10n ** BigInt(Math.max(0, -places - shared));
        expect(difference < unit && -difference < unit).toBe(true);
        if (mode.startsWith('half')) expect(2n * difference <= unit && -2n * difference <= unit).toBe(true);
      }),
    );
  });
});

describe('rounding as Elixir does', () => {
  it.each([
    ['round', 5.5675, 3, 5.567],
    ['round', -5.5674, 3, -5.567],
    ['round', 5.5675, 0, 6],
    ['round', 12.341444444444441, 15, 12.341444444444441],
    ['round', -0.01, 0, 0],
    ['round', 0.5, 0, 1],
    ['round', 1.005, 2, 1],
    ['floor', 12.52, 2, 12.51],
    ['floor', 34.259, 2, 34.25],
    ['floor', -56.5, 0, -57],
    ['ceiling', 34.251, 2, 34.26],
    ['ceiling', -56.5, 0, -56],
    ['ceiling', 5e-324, 15, 1e-15],
    ['floor', 1.7e308, 15, 1.7e308],
  ])('float/%s of %d at %d places is %d', (name, float, precision, result) =>
    expect(run(`float/${name}`, { float, precision })).toBe(result),
  );
});

describe('float/ratio', () => {
  it('divides to the number again, in lowest terms', () => {
    fc.assert(
      fc.property(finite, (float) => {
        if (float !== 0 && Math.abs(float) < 1e-292) return;
        const [numerator, denominator] = run('float/ratio', { float }) as [number, number];
        expect(numerator / denominator).toBe(float + 0);
        expect(denominator === 1 || numerator % 2 !== 0).toBe(true);
      }),
    );
  });
});

describe('numbers as texts', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(finite, (float) => {
        const string = run('float/to-string', { float });
        expect(string).toMatch(/^-?\d+\.\d+(?:e-?\d+)?$/);
        expect(run('string/to-float', { string })).toBe(float + 0);
        expect(run('float/parse', { string: `${string};` })).toEqual({ value: float + 0, remainder: ';' });
      }),
    );
  });

  it('are whole in any base', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 2, max: 36 }), (integer, base) => {
        const string = run('integer/to-string', { integer, base });
        expect(run('string/to-integer-by-base', { string, base })).toBe(integer);
        expect(run('integer/parse', { string: `${string}!`, base })).toEqual({ value: integer, remainder: '!' });
        const array = run('integer/to-array', { integer, base });
        expect(run('integer/undigits', { array, base })).toBe(integer);
      }),
    );
  });

  it.each(['', '+', '-', ' 1', '1 ', '1_000', '0x10', '１', '1e3'])('are nothing else: %j', (string) => {
    expect(failure('string/to-integer', { string })).toMatch(/^data-invalid: `string` must be digits/);
  });

  it.each(['', '.5', '5.', '1e', 'Infinity', 'NaN', '1,5', '0x1', '- 1'])('are no such floats: %j', (string) => {
    expect(failure('string/to-float', { string })).toMatch(/^data-invalid: `string` must be a number/);
  });

  it('of any length are read or refused, and not shown', () => {
    const long = '9'.repeat(5_000_000);
    expect(failure('string/to-integer', { string: long })).toBe(
      'too-large: `string` is beyond 9007199254740991, the largest whole number that is exact; keep such numbers as texts',
    );
    expect(run('string/to-integer', { string: `+${'0'.repeat(1_000_000)}7` })).toBe(7);
    expect(failure('string/to-float', { string: long })).toMatch(/^too-large/);
    expect(failure('string/to-integer', { string: 'x'.repeat(100) })).toContain('found a text of 100 characters');
  });
});

describe('division', () => {
  const pair = fc.tuple(
    fc.maxSafeInteger(),
    fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9, max: 9 })).filter((n) => n !== 0),
  );
  it('is exact for all whole numbers', () => {
    fc.assert(
      fc.property(pair, ([dividend, divisor]) => {
        const [a, b] = [BigInt(dividend), BigInt(divisor)];
        expect(run('integer/divide-quotient', { dividend, divisor })).toBe(Number(a / b));
        expect(run('integer/divide-remainder', { dividend, divisor })).toBe(Number(a % b));
        const floored = a % b !== 0n && a % b < 0n !== b < 0n ? a / b - 1n : a / b;
        expect(run('math/div', { dividend, divisor })).toBe(Number(floored));
        expect(run('math/operation', { operation: 'modulo', first: dividend, second: divisor })).toBe(
          Number(a - floored * b),
        );
      }),
    );
  });

  it('has no negative zero', () => {
    expect(Object.is(run('integer/divide-remainder', { dividend: -4, divisor: 2 }), 0)).toBe(true);
    expect(Object.is(run('integer/divide-quotient', { dividend: -1, divisor: 2 }), 0)).toBe(true);
    expect(Object.is(run('float/round', { float: -0.2 }), 0)).toBe(true);
    expect(Object.is(run('number/clamp', { number: -0 }), 0)).toBe(true);
  });
});

describe('math/operation with decimals', () => {
  it.each([
    ['add', 0.1, 0.2, 0.3],
    ['subtract', 0.3, 0.1, 0.2],
    ['multiply', 1.1, 1.1, 1.21],
    ['divide', 0.3, 0.1, 3],
    ['divide', 1, 3, 1 / 3],
    ['divide', -2, 3, -2 / 3],
    ['remainder', 1, 0.1, 0],
    ['modulo', -0.1, 0.3, 0.2],
    ['maximum', 0.1, 0.2, 0.2],
    ['power', 2, -1, 0.5],
  ])('%s of %d and %d is %d', (operation, first, second, result) =>
    expect(run('math/operation', { operation, first, second, decimal: true })).toBe(result),
  );

  it('is the same as without where the numbers are whole', () => {
    const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const operations = fc.constantFrom('add', 'subtract', 'multiply', 'divide', 'remainder', 'modulo');
    fc.assert(
      fc.property(operations, whole, whole, (operation, first, second) => {
        if (second === 0) return;
        const given = { operation, first, second };
        expect(run('math/operation', { ...given, decimal: true })).toBe(run('math/operation', given));
      }),
    );
  });

  it('gives a number or fails, whatever the numbers are', () => {
    const operations = fc.constantFrom('add', 'subtract', 'multiply', 'divide', 'remainder', 'modulo', 'power');
    fc.assert(
      fc.property(operations, finite, finite, fc.boolean(), (operation, first, second, decimal) => {
        const given = { operation, first, second, decimal };
        const problem = failure('math/operation', given);
        if (problem === 'nothing failed') expect(Number.isFinite(run('math/operation', given))).toBe(true);
        else expect(problem).toMatch(/^(?:too-large|input-invalid): /);
      }),
    );
  });
});

describe('integer/to-bit-flags', () => {
  it('are the digits in base 2, or those of the complement', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (integer) => {
        const bits = run('integer/to-bit-flags', { integer, size: 64 }) as number[];
        expect(BigInt.asIntN(64, BigInt(`0b${bits.join('')}`))).toBe(BigInt(integer));
        const fit = run('integer/to-bit-flags', { integer }) as number[];
        expect(fit[0]).toBe(integer === 0 ? 0 : 1);
        expect(bits.slice(64 - fit.length)).toEqual(fit);
      }),
    );
  });
});

describe('random numbers', () => {
  it.each([
    [0, 1],
    [0.5, 4],
    [1 - 2 ** -53, 6],
  ])('a share of %d is %d on a die', (share, eyes) =>
    expect(run('integer/random', { maximum: 6 }, hostWith(share))).toBe(eyes),
  );

  it('lie inside of their range, however large it is', () => {
    fc.assert(
      fc.property(finite, finite, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (a, b, share) => {
        const [minimum, maximum] = a < b ? [a, b] : [b, a];
        const value = run('float/random', { minimum, maximum }, hostWith(share)) as number;
        expect(value).toBeLessThanOrEqual(maximum);
        // Where both ends are the same but for rounding, it may come out a little below.
        expect(value).toBeGreaterThanOrEqual(minimum - Math.abs(minimum) * 2 ** -52);
      }),
    );
  });

  it('are unique and grow, whatever the clock does', () => {
    const { host } = hostWith(0, 1000);
    const times = [1000, 1000, 999, 2000, 1500];
    const context = { host: { ...host, now: () => times.shift() ?? 0 } } as unknown as ActionContext;
    const numbers = Array.from({ length: 6 }, () => run('integer/unique', {}, context));
    expect(numbers).toEqual([1_000_000, 1_000_001, 1_000_002, 2_000_000, 2_000_001, 2_000_002]);
  });
});

describe('numbers of a language', () => {
  const locales = ['en', 'de', 'de-CH', 'fr', 'en-IN', 'ar-EG', 'fa', 'hi', 'sv', 'pl', 'es', 'ja', 'bn'];
  it.each(locales)('are read as they are written: %s', (locale) => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 999 }), (whole, thousandths) => {
        const number = Number(`${whole}.${thousandths}`);
        for (const grouping of [true, false]) {
          const string = run('number/format', { number, locale, grouping, 'maximum-decimals': 3 });
          expect(run('number/parse', { string, locale }), string as string).toBe(number);
        }
      }),
    );
  });

  it.each([
    ['1,5', 'en'],
    ['1,23,456', 'en'],
    ['1.234.5', 'de'],
    ['1,2,3', 'de'],
    ['', 'en'],
    ['.', 'en'],
    ['5.', 'en'],
    ['--5', 'en'],
    ['1e3', 'en'],
    ['1_000', 'en'],
    ['(5)', 'en'],
    ['5%', 'en'],
    ['NaN', 'en'],
    ['9'.repeat(401), 'en'],
  ])('%j is none of %s', (string, locale) =>
    expect(failure('number/parse', { string, locale })).toMatch(
      /^data-invalid: `string` must be a number as the language/,
    ),
  );

  it.each([
    [' +7 ', 'en', 7],
    ['.5', 'en', 0.5],
    ['\u22121.234', 'de', -1234],
    ["1'234.5", 'de-CH', 1234.5],
    ['12,34,567', 'en-IN', 1234567],
    ['- 3', 'en', -3],
  ])('%j of %s is %d', (string, locale, number) => expect(run('number/parse', { string, locale })).toBe(number));

  it.each([
    [{ style: 'currency', currency: 'EURO' }, '`currency`'],
    [{ style: 'unit', unit: 'parsec' }, '`unit`'],
    [{ style: 'unit' }, '`unit` is missing'],
    [{ locale: 'xx-invalid-locale-tag-that-is-far-too-long-'.repeat(10) }, '`locale`'],
    [{ locale: '' }, '`locale`'],
    [{ locale: 'tlh' }, '`locale`'],
    [{ 'minimum-decimals': 3, 'maximum-decimals': 2 }, '`minimum-decimals`'],
  ])('are refused by name: %j', (given, field) =>
    expect(failure('number/format', { number: 1, ...given })).toMatch(new RegExp(`^input-invalid: ${field}`)),
  );

  it.each([
    [{ style: 'currency', currency: 'EUR', 'maximum-decimals': 0 }, '€2'],
    [{ style: 'currency', currency: 'JPY', 'minimum-decimals': 2 }, '¥1.50'],
    [{ style: 'currency', currency: 'USD', display: 'long' }, '1.50 US dollars'],
    [{ 'minimum-decimals': 5 }, '1.50000'],
    [{ style: 'unit', unit: 'liter', display: 'long' }, '1.5 liters'],
    [{ notation: 'scientific' }, '1.5E0'],
    [{ style: 'percent', sign: 'except-zero' }, '+150%'],
  ])('are written: %j', (given, text) => expect(run('number/format', { number: 1.5, ...given })).toBe(text));
});
