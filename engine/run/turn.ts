import { performance } from 'node:perf_hooks';

/**
 * How long the event loop has been busy without turning. Long workflows ask now and then and give way, so that one
 * endless iteration slows the others down but never stops heartbeats, timers or answers.
 */
const sliceMs = 20;
let turnedAt = performance.now();

/** True when the loop has not turned for a slice: the caller should await `nextTurn()` before it goes on. */
export const overdue = (now: number): boolean => now - turnedAt > sliceMs;

export const nextTurn = (): Promise<void> =>
  new Promise((resolve) =>
    setImmediate(() => {
      turnedAt = performance.now();
      resolve();
    }),
  );

/** Keeps the time of the last turn while the loop is free. Call once per process; the timer does not keep it alive. */
export const watchTurns = (): void => {
  setInterval(() => {
    turnedAt = performance.now();
  }, 10).unref();
};
