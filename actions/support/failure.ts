import type { Awaitable, Lazy } from '../kit/index.ts';
import { after } from './awaitable.ts';

/** A failure as the `error` scope shows it; `node` is the address where it came up, when it is known. */
export interface CaughtError {
  name: string;
  message: string;
  code: string;
  node?: string;
}

/** Any thrown value in the form of the `error` scope. */
export const caughtError = (thrown: unknown): CaughtError => {
  const { name, message, code, node } = Object(thrown) as Partial<Record<keyof CaughtError, unknown>>;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : String(thrown),
    code: typeof code === 'string' ? code : 'action-failed',
    ...(typeof node === 'string' && { node }),
  };
};

/** Step limit, time limit and cancellation: a workflow must not be able to go on after them. */
export const isUncatchable = (thrown: unknown): boolean =>
  (Object(thrown) as { uncatchable?: unknown }).uncatchable === true;

/** Runs `attempt`; hands its failure, thrown or rejected, to `handle`. */
export const recover = (
  attempt: () => Awaitable<unknown>,
  handle: (thrown: unknown) => Awaitable<unknown>,
): Awaitable<unknown> => {
  let result: Awaitable<unknown>;
  try {
    result = attempt();
  } catch (thrown) {
    return handle(thrown);
  }
  return result instanceof Promise ? result.catch(handle) : result;
};

/**
 * Answers a failed call with its `onError` handler, which sees `error` with `type`, an older name of `code`.
 * The failure goes on when there is no handler or it is uncatchable, and after the handler when `stopOnError` is set.
 */
export const answerFailure = (thrown: unknown, onError: Lazy | undefined, stopOnError: boolean): Awaitable<unknown> => {
  if (onError === undefined || isUncatchable(thrown)) throw thrown;
  const error = caughtError(thrown);
  return after(onError({ error: { ...error, type: error.code } }), (result) => {
    if (stopOnError) throw thrown;
    return result;
  });
};
