import { ActionFailure, isPlainObject } from '../kit/index.ts';
import { bounds } from '../support/bounds.ts';

/**
 * Looks at what a library read: calls `fail` for what is nested too deeply, holds too many values, or a number that data
 * cannot hold. `replace` makes plain data of objects that are a library's own; others stay the objects they are.
 */
export const checkPlain = (
  value: unknown,
  fail: (problem: string) => never,
  replace: (part: object) => unknown = (part) => part,
): unknown => {
  let values = 0;
  const look = (part: unknown, depth: number): unknown => {
    values += 1;
    if (values > bounds.items) fail(`holds more than ${bounds.items} values, which is the most that is read`);
    if (depth > bounds.depth) fail(`is nested deeper than ${bounds.depth} levels, which is the most that is read`);
    if (typeof part === 'number' && !Number.isFinite(part)) fail('has a number that data cannot hold: infinite or NaN');
    if (typeof part !== 'object' || part === null) return part ?? null;
    if (Array.isArray(part)) return part.map((item) => look(item, depth + 1));
    const replaced = replace(part);
    return isPlainObject(replaced)
      ? Object.fromEntries(Object.entries(replaced).map(([key, member]) => [key, look(member, depth + 1)]))
      : replaced;
  };
  return look(value, 0);
};

const mostWritten = 200_000;

/** For writers: parts that are shared are written at each place, and writing takes longer than counting. */
export const checkWritten = (values: number, field: string): void => {
  if (values > mostWritten) {
    throw new ActionFailure(
      'input-invalid',
      `\`${field}\` holds more than ${mostWritten} values, which is the most that is written; write it in parts`,
    );
  }
};
