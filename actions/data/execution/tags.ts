import { ActionFailure, isPlainObject, type Plain } from '../../kit/index.ts';
import { checkDepth } from '../../support/bounds.ts';
import { decodeBytes } from '../../support/encode-bytes.ts';

/** Keys of objects with one key that stand for something else. */
const tags = { bytes: '$bytes', date: '$date', plain: '$plain' } as const;
const isTag = (key: string | undefined): boolean => key === tags.bytes || key === tags.date || key === tags.plain;

const soleKey = (object: Plain): string | undefined => {
  const keys = Object.keys(object);
  return keys.length === 1 ? keys[0] : undefined;
};

/** The value with tags in place of what JSON has no form for; the value itself where there is nothing of that. */
export const withTags = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  checkDepth(depth, 'data');
  if (value instanceof Uint8Array) return { [tags.bytes]: Buffer.from(value).toString('base64') };
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { [tags.date]: value.toISOString() };
  if (Array.isArray(value)) return value.map((item) => withTags(item, depth + 1));
  if (!isPlainObject(value)) return value;
  const object = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withTags(member, depth + 1)]));
  return isTag(soleKey(object)) ? { [tags.plain]: object } : object;
};

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`json\` ${problem}`);
};

/** The reverse, for what JSON text was read as. */
export const withoutTags = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutTags);
  if (!isPlainObject(value)) return value;
  const key = soleKey(value);
  if (!isTag(key)) return membersOf(value);
  const tagged = value[key as string];
  if (key === tags.plain) return isPlainObject(tagged) ? membersOf(tagged) : fail('has a $plain that is no object');
  if (key === tags.date) {
    const date = new Date(typeof tagged === 'string' ? tagged : Number.NaN);
    return Number.isNaN(date.getTime()) ? fail('has a $date that is no date') : date;
  }
  const bytes = typeof tagged === 'string' ? decodeBytes(tagged, 'base64') : undefined;
  return bytes === undefined ? fail('has $bytes that are not base64') : Uint8Array.from(bytes);
};

const membersOf = (object: Plain): Plain =>
  Object.fromEntries(Object.entries(object).map(([key, member]) => [key, withoutTags(member)]));
