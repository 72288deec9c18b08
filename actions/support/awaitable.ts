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

/** Calls `pass(0)`, `pass(1)` and so on, one after the other, until one gives false. */
export const repeatWhile = (pass: (turn: number) => Awaitable<boolean>): Awaitable<void> => {
  for (let turn = 0; ; turn += 1) {
    const goOn = pass(turn);
    if (goOn instanceof Promise) return repeatWhileFrom(turn, goOn, pass);
    if (!goOn) return;
  }
};

const repeatWhileFrom = async (
  start: number,
  pending: Promise<boolean>,
  pass: (turn: number) => Awaitable<boolean>,
): Promise<void> => {
  let goOn = await pending;
  for (let turn = start + 1; goOn; turn += 1) {
    const next = pass(turn);
    goOn = next instanceof Promise ? await next : next;
  }
};

/** The index of the first item that passes the test, or -1. Tests run in order; none runs after the first that passes. */
export const indexOfFirst = (count: number, test: (index: number) => Awaitable<boolean>): Awaitable<number> => {
  let found = -1;
  const searched = repeatWhile((index) => {
    if (index >= count) return false;
    return after(test(index), (passed) => {
      if (passed) found = index;
      return !passed;
    });
  });
  return after(searched, () => found);
};

/** The first row that passes the test, or undefined. Tests run in order; none runs after the first that passes. */
export const firstMatch = <Row>(
  rows: readonly Row[],
  test: (row: Row) => Awaitable<boolean>,
): Awaitable<Row | undefined> =>
  after(
    indexOfFirst(rows.length, (index) => test(rows[index] as Row)),
    (index) => rows[index],
  );

/**
 * Calls `step(0)` to `step(count - 1)`, at most `limit` of them at once, and hands each result to `take` when it is there. The next begins
 * when one has ended. Fails with the first failure; then no step begins any more, and the failures of others are nobody's.
 */
export const sideBySide = <T>(
  count: number,
  limit: number,
  step: (index: number) => Awaitable<T>,
  take: (result: T, index: number) => void,
): Awaitable<void> => {
  let next = 0;
  const work = (): Awaitable<void> =>
    repeatWhile(() => {
      if (next >= count) return false;
      const index = next;
      next += 1;
      return after(step(index), (result) => {
        take(result, index);
        return true;
      });
    });
  const stop = (thrown: unknown): never => {
    next = count;
    throw thrown;
  };
  const workers: Promise<void>[] = [];
  while (next < count && workers.length < limit) {
    try {
      const worker = work();
      if (worker instanceof Promise) workers.push(worker.catch(stop));
    } catch (thrown) {
      if (workers.length === 0) throw thrown;
      next = count;
      workers.unshift(Promise.reject(thrown));
    }
  }
  return workers.length === 0 ? undefined : Promise.all(workers).then(() => undefined);
};
