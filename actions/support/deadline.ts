import { type Awaitable, integer } from '../kit/index.ts';

/** The longest time that a timer of JavaScript can be set to, about 24 days. */
export const longestMs = 2 ** 31 - 1;

/** A field for a span of time in milliseconds. */
export const milliseconds = (label: string, help: string, minimum = 0) =>
  integer({ label, help: `${help} In milliseconds.`, minimum, maximum: longestMs });

/**
 * Waits for some work no longer than `ms`; what comes then is what `over` gives or throws. The work itself is not stopped, and its late
 * failure is nobody's. Unlike `context.sleep`, it leaves no timer behind when the work ends first.
 */
export const within = <T>(work: Awaitable<T>, ms: number | undefined, over: () => T): Awaitable<T> => {
  if (ms === undefined || !(work instanceof Promise)) return work;
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(over());
      } catch (thrown) {
        reject(thrown);
      }
    }, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
};

/** Calls `stop` with the reason when the signal is aborted, at once if it was before; the result ends the listening. */
export const onAbort = (signal: AbortSignal, stop: (reason: unknown) => void): (() => void) => {
  const listener = (): void => stop(signal.reason);
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
};
