import { ActionFailure, type Awaitable, describeValue, type Lazy, lazy, optional, string } from '../kit/index.ts';
import { inOrder } from '../support/awaitable.ts';
import { type Path, path, readPath } from '../support/path.ts';
import { keyText } from './key-text.ts';

/** The fields of actions that ask something of each item: a path into it, or steps. */
export const byFields = {
  path: optional(
    path({
      label: 'Path',
      help: 'Key of the items, or the keys and indexes that lead to the value. Left out, the item itself is the value.',
    }),
  ),
  foreach: optional(lazy({ label: 'For each', help: 'Steps or a value in place of the path.' })),
  scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value in the steps.' }), 'item'),
};

interface By {
  path?: Path | undefined;
  foreach?: Lazy | undefined;
  scope: string;
}

/** Hands over each item with its value, in order; waits only for steps that have to be waited for. */
export const eachValue = (
  array: readonly unknown[],
  { path, foreach, scope }: By,
  take: (value: unknown, index: number) => void,
): Awaitable<void> => {
  if (foreach === undefined) {
    for (let index = 0; index < array.length; index += 1) {
      take(path === undefined ? (array[index] ?? null) : readPath(array[index], path), index);
    }
    return undefined;
  }
  if (path !== undefined) {
    throw new ActionFailure('input-invalid', '`path` and `foreach` cannot be given together; leave one of them out');
  }
  return inOrder(
    array.length,
    (index) => foreach({ [scope]: { index, value: array[index] } }),
    (value, index) => take(value ?? null, index),
  );
};

/** The same with the text under which the value can be a key; fails with input-invalid when there is none. */
export const eachKey = (
  array: readonly unknown[],
  by: By,
  take: (key: string, index: number) => void,
): Awaitable<void> =>
  eachValue(array, by, (value, index) => {
    const key = keyText(value);
    if (key === undefined) {
      throw new ActionFailure(
        'input-invalid',
        `The key of \`array[${index}]\` must be a text, a number, true, false, null or a date, found ${describeValue(value)}; choose another path`,
      );
    }
    take(key, index);
  });
