import { ActionFailure } from '../kit/index.ts';

/**
 * A whole number that a double holds exactly. Fails with too-large for others; `what` names the number in that message.
 */
export const checkWhole = (value: number, what: string): number => {
  if (Number.isSafeInteger(value)) return value + 0;
  throw new ActionFailure(
    'too-large',
    `${what} is beyond ${Number.MAX_SAFE_INTEGER}, the largest whole number that is exact; keep such numbers as texts`,
  );
};

const digitOf = (unit: number): number => {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x57 : 36;
};

/**
 * Reads a whole number in a base from 2 to 36 at the beginning of a text: a sign, if there is one, and digits of either
 * case. Gives it with the index behind it, and undefined when there is none. Fails with too-large for one that is not
 * exact; `what` names it in that message.
 */
export const readWhole = (text: string, base: number, what: string): { value: number; end: number } | undefined => {
  const negative = text.startsWith('-');
  const first = negative || text.startsWith('+') ? 1 : 0;
  let value = 0;
  let end = first;
  for (; end < text.length; end += 1) {
    const digit = digitOf(text.charCodeAt(end));
    if (digit >= base) break;
    // Once it is too large, only the end of it matters.
    if (value <= Number.MAX_SAFE_INTEGER) value = value * base + digit;
  }
  if (end === first) return undefined;
  return { value: checkWhole(negative ? -value : value, what), end };
};
