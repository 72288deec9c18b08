import type { Awaitable } from '../kit/index.ts';

/** Goes on with a value that may still be on its way; stays synchronous when it is not. */
export const after = <T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> =>
  value instanceof Promise ? value.then(next) : next(value);

/**
 * Calls `step(0)` to `step(count - 1)` one after the other and hands each result to `take` in that order.
 * Turns to promises only when a step gives one. A failing step ends the loop with its failure.
 */
export const inOrder = <T>(
  count: number,
  step: (index: number) => Awaitable<T>,
  take: (result: T, index: number) => void,
): Awaitable<void> => {
  for (let index = 0; index < count; index += 1) {
    const result = step(index);
    if (result instanceof Promise) return inOrderFrom(index, result, count, step, take);
    take(result, index);
  }
};

// One async function for the rest, not a chain of `then`: memory must not grow with the number of items.
const inOrderFrom = async <T>(
  start: number,
  pending: Promise<T>,
  count: number,
  step: (index: number) => Awaitable<T>,
  take: (result: T, index: number) => void,
): Promise<void> => {
  take(await pending, start);
  for (let index = start + 1; index < count; index += 1) {
    const result = step(index);
    take(result instanceof Promise ? await result : result, index);
  }
};

/** The first row that passes the test, or undefined. Tests run in order; none runs after the first that passes. */
export const firstMatch = <Row>(
  rows: readonly Row[],
  test: (row: Row) => Awaitable<boolean>,
  from = 0,
): Awaitable<Row | undefined> => {
  for (let index = from; index < rows.length; index += 1) {
    const row = rows[index] as Row;
    const passed = test(row);
    if (passed instanceof Promise) {
      return passed.then((late) => (late ? row : firstMatch(rows, test, index + 1)));
    }
    if (passed) return row;
  }
  return undefined;
};
