import { type Decimal, toDouble, writtenDecimal } from '../support/decimal.ts';

/** What is left of a division that is rounded down: it has the sign of the divisor. */
const modulo = (dividend: number, divisor: number): number => {
  const rest = dividend % divisor;
  return rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest;
};

/**
 * A quotient rounded down. The rest of a division is exact, and so is this below 2^53, while floor(a / b) may round up
 * first.
 */
export const floorDivide = (dividend: number, divisor: number): number => {
  const rest = dividend % divisor;
  const quotient = Math.round((dividend - rest) / divisor);
  return rest !== 0 && rest < 0 !== divisor < 0 ? quotient - 1 : quotient;
};

export const operations = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'remainder',
  'modulo',
  'power',
  'minimum',
  'maximum',
] as const;
export type Operation = (typeof operations)[number];

/** In doubles; what there is no number for is not finite. */
export const compute: Readonly<Record<Operation, (first: number, second: number) => number>> = {
  add: (first, second) => first + second,
  subtract: (first, second) => first - second,
  multiply: (first, second) => first * second,
  divide: (first, second) => first / second,
  remainder: (first, second) => first % second,
  modulo,
  power: (first, second) => first ** second,
  minimum: Math.min,
  maximum: Math.max,
};

/** Two decimals with one exponent. */
const align = (first: number, second: number): [bigint, bigint, number] => {
  const left = writtenDecimal(first);
  const right = writtenDecimal(second);
  const exponent = Math.min(left.exponent, right.exponent);
  const scale = ({ digits, exponent: own }: Decimal): bigint => digits * 10n ** BigInt(own - exponent);
  return [scale(left), scale(right), exponent];
};

// Digits of a quotient, more than tell one double from the next.
const digitsOfQuotient = 40;

/**
 * By the numbers as they are written, exactly, and only then to the nearest double. The second is not 0 where it
 * divides.
 */
export const computeWritten = (operation: Operation, first: number, second: number): number => {
  const [left, right, exponent] = align(first, second);
  switch (operation) {
    case 'add':
      return toDouble({ digits: left + right, exponent });
    case 'subtract':
      return toDouble({ digits: left - right, exponent });
    case 'multiply':
      return toDouble({ digits: left * right, exponent: 2 * exponent });
    case 'divide': {
      const more = Math.max(0, digitsOfQuotient + String(right).length - String(left).length);
      const scaled = left * 10n ** BigInt(more);
      // One more digit stands for all that would follow, so that a half is not mistaken.
      const sticky = scaled % right === 0n ? 0n : scaled < 0n === right < 0n ? 1n : -1n;
      return toDouble({ digits: (scaled / right) * 10n + sticky, exponent: -more - 1 });
    }
    case 'remainder':
      return toDouble({ digits: left % right, exponent });
    case 'modulo': {
      const rest = left % right;
      const turned = rest !== 0n && rest < 0n !== right < 0n;
      return toDouble({ digits: turned ? rest + right : rest, exponent });
    }
    default:
      return compute[operation](first, second);
  }
};
