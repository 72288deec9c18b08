import { ActionFailure } from '../kit/index.ts';
import { checkDepth } from './bounds.ts';

export type Compare = (a: unknown, b: unknown) => number;

/** Which kinds of values come first, after Erlang's order of terms. */
const rankOf = (value: unknown): number => {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 0;
    case 'boolean':
      return value ? 3 : 1;
    case 'undefined':
      return 2;
    case 'string':
      return 7;
    case 'object':
      if (value === null) return 2;
      if (Array.isArray(value)) return 6;
      if (value instanceof Date) return 4;
      return value instanceof Uint8Array ? 8 : 5;
    default:
      return 9;
  }
};

/** NaN comes after every other number and equals itself, so that the order is total. */
const compareNumbers = (a: number | bigint, b: number | bigint): number => {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
};

/** By code points, as the bytes of UTF-8 are ordered too; `<` would put U+FF5E after U+1F600. */
export const compareTexts = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return weightOf(left) - weightOf(right);
  }
  return a.length - b.length;
};
// Surrogates stand for code points above all that are written as one unit.
const weightOf = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

// Comparing what is inside of items is not linear any more when much of it is equal.
const mostSteps = 5_000_000;

/**
 * A total order of all values: numbers, false, null, true, dates, objects, arrays, texts, binary data. Objects with fewer
 * keys come first, then those with the smaller keys, then those with the smaller values; arrays compare item by item.
 * Fails with input-invalid, naming `field`, for what is nested too deeply or takes too long to compare.
 */
export const openOrder = (field: string): Compare => {
  let steps = 0;
  const step = (depth: number): void => {
    checkDepth(depth, field);
    steps += 1;
    if (steps > mostSteps) {
      throw new ActionFailure(
        'input-invalid',
        `\`${field}\` holds arrays or objects that take too long to compare; sort by one value inside them instead`,
      );
    }
  };
  const known = new Map<object, string[]>();
  const keysOf = (value: object): string[] => {
    let keys = known.get(value);
    if (keys === undefined) {
      keys = Object.keys(value).sort(compareTexts);
      known.set(value, keys);
    }
    return keys;
  };
  const compareArrays = (a: unknown[], b: unknown[], depth: number): number => {
    const shorter = Math.min(a.length, b.length);
    for (let index = 0; index < shorter; index += 1) {
      step(depth);
      const order = compare(a[index], b[index], depth + 1);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  };
  const compareObjects = (a: Record<string, unknown>, b: Record<string, unknown>, depth: number): number => {
    const left = keysOf(a);
    const right = keysOf(b);
    if (left.length !== right.length) return left.length - right.length;
    const keys = compareArrays(left, right, depth);
    if (keys !== 0) return keys;
    for (const key of left) {
      step(depth);
      const order = compare(a[key], b[key], depth + 1);
      if (order !== 0) return order;
    }
    return 0;
  };
  const compare = (a: unknown, b: unknown, depth: number): number => {
    if (a === b) return 0;
    if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
    const rank = rankOf(a);
    const difference = rank - rankOf(b);
    if (difference !== 0) return difference;
    if (rank === 0) return compareNumbers(a as number, b as number);
    if (rank === 4) return compareNumbers((a as Date).getTime(), (b as Date).getTime());
    if (rank === 5) return compareObjects(a as Record<string, unknown>, b as Record<string, unknown>, depth);
    if (rank === 6) return compareArrays(a as unknown[], b as unknown[], depth);
    return rank === 8 ? Buffer.compare(a as Uint8Array, b as Uint8Array) : 0;
  };
  return (a, b) => compare(a, b, 1);
};
