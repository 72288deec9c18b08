import { either, type Field, integer, listOf, string } from '../kit/index.ts';

/** A key, an index, or the keys and indexes that lead to a value one after the other. */
export type Path = string | number | (string | number)[];

/** A field that takes a path: a text is one key, whatever characters it has. */
export const path = (options?: { label?: string; help?: string }): Field<Path> & { optional: false } =>
  either(either(string(), integer()), listOf(either(string(), integer())), options);

export const partsOf = (given: Path): readonly (string | number)[] => (Array.isArray(given) ? given : [given]);

/**
 * What a key or an index leads to; null where there is nothing. Only own keys count, whole numbers index arrays, and a
 * negative one counts from the end, as in a reference.
 */
export const childOf = (data: unknown, part: unknown): unknown => {
  if (typeof data !== 'object' || data === null) return null;
  if (Array.isArray(data)) return typeof part === 'number' ? (data.at(part) ?? null) : null;
  if ((typeof part !== 'string' && typeof part !== 'number') || !Object.hasOwn(data, part)) return null;
  return (data as Record<string, unknown>)[part] ?? null;
};

export const readPath = (data: unknown, given: Path): unknown => {
  if (!Array.isArray(given)) return childOf(data, given);
  let value = data;
  for (const part of given) value = childOf(value, part);
  return value ?? null;
};
