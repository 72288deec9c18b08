import { LimitReached, limits, tick, useText } from './budget.ts';
import { EvaluationError } from './fault.ts';
import { isFunction, isObject, marksOf, OUTER } from './value.ts';

// Fifteen digits hide what binary fractions add: 0.1 + 0.2 is written 0.3.
const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(15)));

/**
 * The number of characters that a value has as JSON, or a little more; it stops and fails once they exceed the limit.
 * The same object counts as often as it appears, since that is how often it is written.
 */
export const measure = (value: unknown, limit: number, what: string, indent = 0): number => {
  let size = 0;
  const walk = (item: unknown, depth: number): void => {
    tick();
    if (typeof item === 'string') size += item.length + 2;
    else if (!isObject(item)) size += 8;
    else if (item instanceof Uint8Array) size += item.length * 4;
    else if (Array.isArray(item)) {
      size += 2;
      for (const inner of item) {
        size += 1 + indent * depth;
        walk(inner, depth + 1);
      }
    } else {
      size += 2;
      for (const key of Object.keys(item)) {
        size += key.length + 4 + indent * depth;
        walk(item[key], depth + 1);
      }
    }
    if (size > limit) {
      throw new LimitReached('size', `${what} is longer than the ${limit} characters allowed`);
    }
  };
  walk(value, 1);
  return size;
};

/**
 * The value as text, as `$string` and `&` write it: a text as it is, a function as nothing, anything else as JSON.
 * What is not JSON: a date is written as RFC 3339, binary data are read as UTF-8.
 */
export const text = (value: unknown, pretty = false): string => {
  if (typeof value === 'string') return value;
  if (isFunction(value)) return '';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new EvaluationError('D3001', { value });
    return String(rounded(value));
  }
  if (!isObject(value)) return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (value instanceof Uint8Array) {
    useText(value.length);
    return new TextDecoder().decode(value);
  }
  const written = Array.isArray(value) && (marksOf(value) & OUTER) !== 0 ? value[0] : value;
  useText(measure(written, limits.text, 'the text of a value', pretty ? 2 : 0));
  return JSON.stringify(
    written,
    (_key, item: unknown) => {
      if (isFunction(item)) return '';
      if (typeof item !== 'number') return item;
      if (!Number.isFinite(item) && !Number.isNaN(item)) throw new EvaluationError('D1001', { value: item });
      return rounded(item);
    },
    pretty ? 2 : 0,
  );
};
