import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from './parse.ts';

const calculate = (text: string, variables: Record<string, unknown> = {}): unknown => parse(text)(variables);
const failure = (text: string, variables: Record<string, unknown> = {}): string => {
  try {
    calculate(text, variables);
  } catch (thrown) {
    return (thrown as Error).message.replace('`expression` fails at position ', '');
  }
  return 'calculated';
};

describe('values', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['2 ^ 3 ^ 2', 512],
    ['2 ** 3', 8],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['2 ^ -1 * 4', 2],
    ['- -3', 3],
    ['+3 - +1', 2],
    ['-7 % 3', -1],
    ['1e3 + 1.5E-1 + .5', 1000.65],
    ['0 * -1', 0],
    ['1 < 2 == true', true],
    ['not 1 > 2', true],
    ['!false and true', true],
    ['true or false and false', true],
    ['null || 0', true],
    ['null == null && 1 != 2', true],
    ['max(1, 5, 3) - min(4, 2)', 3],
    ['Math.pow(2, 3) + :math.floor(2.7)', 10],
    ['round(-2.5) + round(2.4)', -1],
    ['atan2(0, 1) + sin(0) + cos(0)', 1],
    ['log(e) + log10(100) + log2(8)', 6],
    ['Math.pi == pi and pi() == :Math.pi', true],
  ])('%s is %s', (text, value) => expect(calculate(text)).toBe(value));

  it('reads variables, dotted paths and names in any script', () => {
    expect(calculate('a.b.c + größe', { a: { b: { c: 1 } }, größe: 2 })).toBe(3);
    expect(calculate('a == b', { a: [1, { x: 2 }], b: [1, { x: 2 }] })).toBe(true);
  });

  it('prefers a variable to a constant, and a path of a variable called Math', () => {
    expect(calculate('e + pi', { e: 1, pi: 2 })).toBe(3);
    expect(calculate('Math.grade + 1', { Math: { grade: 2 } })).toBe(3);
  });

  it('leaves the right side alone when the left one decides', () => {
    expect(calculate('b != 0 and a / b > 1', { a: 1, b: 0 })).toBe(false);
    expect(calculate('b == 0 or a / b > 1', { a: 1, b: 0 })).toBe(true);
  });
});

describe('failures name the position', () => {
  it.each([
    ['', '1: found the end, expected a number, a name or `(`'],
    ['1 +', '4: found the end, expected a number, a name or `(`'],
    ['1 2', '3: found `2`, expected an operator or the end'],
    ['(1', '3: found the end, expected `)`'],
    ['1 + * 2', '5: found `*`, expected a number, a name or `(`'],
    ['a = 1', '3: "=" means nothing here'],
    ['  $', '3: "$" means nothing here'],
    ['1 / (2 - 2)', '3: division by zero'],
    ['1 % 0', '3: division by zero'],
    ['sqrt(-1)', '1: the result is not a finite number'],
    ['10 ^ 400', '4: the result is not a finite number'],
    ['1e999', '1: the result is not a finite number'],
    ['pow(2)', '1: `pow` takes 2 arguments, found 1'],
    ['min()', '1: `min` takes 1 to 100 arguments, found 0'],
    ['sum(1)', '1: there is no function `sum`; there are abs, acos'],
    [':Math.sqrt', '11: found the end, expected `(`'],
    [':Other.sqrt(1)', '2: found `Other`, expected `Math`'],
    ['1 < 2 < 3', '7: a number is needed, found true (boolean)'],
    ['true + 1', '6: a number is needed, found true (boolean)'],
    ['and 1', '1: found `and`, expected a number, a name or `(`'],
    ['a.1', '1'],
  ])('%s', (text, start) => expect(failure(text)).toContain(start));

  it('names what is missing and what there is', () => {
    expect(failure('total + 1', { sum: 1 })).toBe('1: there is no variable `total`; `variables` has sum');
    expect(failure('"a" + 1')).toContain('1: "\\"" means nothing here');
    expect(failure('a + 1', { a: '1' })).toBe('3: a number is needed, found "1" (text)');
  });
});

describe('bounds', () => {
  it('nests at most 100 levels', () => {
    expect(calculate(`${'('.repeat(99)}1${')'.repeat(99)}`)).toBe(1);
    expect(failure(`${'('.repeat(5000)}1${')'.repeat(5000)}`)).toContain('deeper than 100 levels');
    expect(failure(`${'-'.repeat(5000)}1`)).toContain('deeper than 100 levels');
    expect(failure(Array(500).fill('2').join('^'))).toContain('deeper than 100 levels');
  });

  it('has at most 1000 operators', () => {
    expect(calculate(Array(1001).fill('1').join('+'))).toBe(1001);
    expect(failure(Array(1002).fill('1').join('+'))).toContain('more than 1000 operators');
  });

  it.each(['constructor', '__proto__', 'toString', 'a.constructor', 'a.__proto__.x', 'a.length', 'Math.constructor'])(
    'does not reach %s',
    (text) => expect(failure(text, { a: {}, Math: {} })).toContain('there is no variable'),
  );

  it.each(['constructor(1)', 'toString()', '__proto__(1)', 'Math.constructor(1)', 'Math.eval(1)', ':Math.eval(1)'])(
    'does not call %s',
    (text) => expect(failure(text)).not.toBe('calculated'),
  );
});

it('agrees with the language it is written in', () => {
  const leaf = fc.integer({ min: 1, max: 9 }).map(String);
  const { formula } = fc.letrec<{ formula: string }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc
        .tuple(tie('formula'), fc.constantFrom('+', '-', '*', '/', '%'), tie('formula'))
        .map((parts) => parts.join(' ')),
      tie('formula').map((inner) => `(${inner})`),
      tie('formula').map((inner) => `-(${inner})`),
    ),
  }));
  fc.assert(
    fc.property(formula, (text) => {
      const expected = evaluateByLanguage(text);
      if (Number.isFinite(expected)) expect(calculate(text)).toBeCloseTo(expected, 9);
    }),
  );
});

// The formula holds nothing but digits and operators that the generator above put there.
const evaluateByLanguage = (text: string): number => new Function(`return ${text}`)() as number;
