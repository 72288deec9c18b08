/** `digits` × 10 ^ `exponent`, exactly. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const parts = new DataView(new ArrayBuffer(8));

/** A finite double as sign × mantissa × 2 ^ exponent. */
export const splitDouble = (value: number): { mantissa: bigint; exponent: number } => {
  parts.setFloat64(0, value);
  const bits = parts.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: Math.max(biased, 1) - 1075 };
};

/** The value of a double to its last digit: 0.1 is 0.1000000000000000055511151231257827021181583404541015625. */
export const exactDecimal = (value: number): Decimal => {
  const { mantissa, exponent } = splitDouble(value);
  return exponent < 0
    ? { digits: mantissa * 5n ** BigInt(-exponent), exponent }
    : { digits: mantissa << BigInt(exponent), exponent: 0 };
};

/** A double as it is written: 0.1 is 0.1. */
export const writtenDecimal = (value: number): Decimal => {
  const [mantissa = '', power = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
};

/** The nearest double; never -0. Infinite when there is none. */
export const toDouble = ({ digits, exponent }: Decimal): number => Number(`${digits}e${exponent}`);

export const roundings = [
  'half-away',
  'half-even',
  'half-toward',
  'half-up',
  'half-down',
  'away',
  'toward',
  'up',
  'down',
] as const;
export type Rounding = (typeof roundings)[number];

/** Whether a quotient that was cut toward zero is to be one further from zero. `half` compares the rest with a half. */
const goesAway = (rounding: Rounding, half: number, negative: boolean, odd: boolean): boolean => {
  switch (rounding) {
    case 'away':
      return true;
    case 'toward':
      return false;
    case 'up':
      return !negative;
    case 'down':
      return negative;
    default:
  }
  if (half !== 0) return half > 0;
  switch (rounding) {
    case 'half-away':
      return true;
    case 'half-toward':
      return false;
    case 'half-up':
      return !negative;
    case 'half-down':
      return negative;
    default:
      return odd;
  }
};

/** A decimal with at most so many places; a negative number of places rounds to tens, hundreds and so on. */
export const roundDecimal = (decimal: Decimal, places: number, rounding: Rounding): Decimal => {
  const cut = -decimal.exponent - places;
  if (cut <= 0) return decimal;
  const unit = 10n ** BigInt(cut);
  const quotient = decimal.digits / unit;
  const rest = decimal.digits % unit;
  if (rest === 0n) return { digits: quotient, exponent: -places };
  const negative = rest < 0n;
  const twice = (negative ? -rest : rest) * 2n;
  const half = twice > unit ? 1 : twice < unit ? -1 : 0;
  const away = goesAway(rounding, half, negative, (quotient & 1n) === 1n);
  return { digits: away ? quotient + (negative ? -1n : 1n) : quotient, exponent: -places };
};
