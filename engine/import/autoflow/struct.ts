import type { Source } from '../source.ts';

/**
 * The name of the structure that an object stands for: the last part of `__struct__`, which may be the whole name of a
 * module. Undefined for anything else.
 */
export function structOf(source: Source): string | undefined {
  const name = source.at('__struct__').filled;
  return name?.split('.').at(-1);
}
