import { ActionFailure } from '../kit/index.ts';

/**
 * How often a pattern stands at the beginning of a text, one after the other. The empty pattern would for ever, and
 * fails.
 */
export const countLeading = (text: string, pattern: string): number => {
  refuseEmpty(pattern);
  let count = 0;
  while (text.startsWith(pattern, count * pattern.length)) count += 1;
  return count;
};

/** How often a pattern stands at the end of a text. */
export const countTrailing = (text: string, pattern: string): number => {
  refuseEmpty(pattern);
  let count = 0;
  while (text.endsWith(pattern, text.length - count * pattern.length)) count += 1;
  return count;
};

export const refuseEmpty = (pattern: string): void => {
  if (pattern === '') {
    throw new ActionFailure('input-invalid', '`pattern` must have at least one character, found an empty text');
  }
};

/** White_Space of Unicode, the no-break spaces included. */
const isSpace = (unit: number): boolean =>
  (unit >= 0x09 && unit <= 0x0d) ||
  unit === 0x20 ||
  (unit > 0x84 &&
    (unit === 0x85 ||
      unit === 0xa0 ||
      unit === 0x1680 ||
      (unit >= 0x2000 && unit <= 0x200a) ||
      unit === 0x2028 ||
      unit === 0x2029 ||
      unit === 0x202f ||
      unit === 0x205f ||
      unit === 0x3000));

/** Where white space at the beginning of a text ends. */
export const afterSpace = (text: string): number => {
  let at = 0;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return at;
};

/** Where white space at the end of a text begins, at or after `from`. */
export const beforeSpace = (text: string, from = 0): number => {
  let at = text.length;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
};
