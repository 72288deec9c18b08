import type { Awaitable } from '../kit/index.ts';

/**
 * Runs long work that says by `yield` where it can pause. What needs no pause ends at once; the rest gives way to everything else
 * at each pause, and ends with the run, whose signal is only asked for then.
 */
export const inSlices = <T>(work: Generator<void, T>, signal: () => AbortSignal): Awaitable<T> => {
  const first = work.next();
  return first.done ? first.value : goOn(work, signal());
};

/** Lets everything else have its turn. Rejects when the run ended meanwhile. */
export const giveWay = async (signal: AbortSignal): Promise<void> => {
  await new Promise<void>((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
};

const goOn = async <T>(work: Generator<void, T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    await giveWay(signal);
    const { done, value } = work.next();
    if (done) return value;
  }
};
