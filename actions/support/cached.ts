import { type ActionContext, ActionFailure, type Awaitable, type HostMemory } from '../kit/index.ts';
import { after } from './awaitable.ts';
import { onAbort } from './deadline.ts';
import { caughtError, isUncatchable, recover } from './failure.ts';

/**
 * What a table of a document is called in memory. The tables that actions keep for themselves have the id of an action for a name,
 * with a slash in it: no document can name them.
 */
export const tableOf = (id: string): string => (id.includes('/') ? `tables/${id}` : id);

/** A value of the memory that is computed when it is not there. */
export interface Wanted {
  readonly table: string;
  readonly key: string;
  /** Milliseconds that a value is kept; for good, if left out. */
  readonly ttlMs?: number | undefined;
  /** Milliseconds that a failure is kept. */
  readonly failureTtlMs?: number;
  compute(): Awaitable<unknown>;
}

type Outcome = { value: unknown } | { failed: ActionFailure } | 'abandoned';

interface KeptFailure {
  code: string;
  message: string;
}

const kind = 'flow/cache';

/**
 * The kept value, or else the computed one. Only one run at a time computes a value, and the others who want it wait for that one.
 * When its run ends before it has a value, one of those who wait takes over; a run that waits and ends leaves the others alone.
 */
export const cached = (wanted: Wanted, context: ActionContext): Awaitable<unknown> => {
  const { memory } = context.host;
  const place = JSON.stringify([wanted.table, wanted.key]);
  // All flights are in one state, so that a great number of keys does not drive out the states of others.
  const flights = memory.shared(kind, '', () => new Map<string, Promise<Outcome>>());

  const find = (): Awaitable<unknown> => {
    const kept = memory.get(wanted.table, wanted.key);
    if (kept !== undefined) return kept;
    const failed = wanted.failureTtlMs ? (memory.get(kind, place) as KeptFailure | undefined) : undefined;
    if (failed !== undefined) throw new ActionFailure(failed.code, failed.message);
    const flight = flights.get(place);
    return flight === undefined ? lead() : follow(flight);
  };

  const lead = (): Awaitable<unknown> => {
    const result = recover(
      () =>
        after(wanted.compute(), (value) => {
          keepIfItFits(memory, wanted.table, wanted.key, value ?? null, wanted.ttlMs);
          return value ?? null;
        }),
      (thrown) => {
        if (wanted.failureTtlMs && !isUncatchable(thrown) && !context.signal.aborted) {
          const { code, message } = caughtError(thrown);
          keepIfItFits(memory, kind, place, { code, message } satisfies KeptFailure, wanted.failureTtlMs);
        }
        throw thrown;
      },
    );
    return result instanceof Promise ? takeOff(result) : result;
  };

  const takeOff = (result: Promise<unknown>): Promise<unknown> => {
    const { signal } = context;
    let land: (outcome: Outcome) => void = () => {};
    const flight = new Promise<Outcome>((resolve) => {
      land = resolve;
    });
    flights.set(place, flight);
    const end = (outcome: Outcome): void => {
      if (flights.get(place) === flight) flights.delete(place);
      land(outcome);
    };
    // Steps that do not hear of the end of their run must not hold up others.
    const stopListening = onAbort(signal, () => end('abandoned'));
    const settled = (outcome: Outcome): void => {
      stopListening();
      end(outcome);
    };
    result.then(
      (value) => settled({ value }),
      (thrown) => {
        const { code, message } = caughtError(thrown);
        settled(isUncatchable(thrown) || signal.aborted ? 'abandoned' : { failed: new ActionFailure(code, message) });
      },
    );
    return result;
  };

  const follow = async (flight: Promise<Outcome>): Promise<unknown> => {
    const outcome = await unlessAborted(context.signal, flight);
    if (outcome === 'abandoned') return find();
    if ('failed' in outcome) throw outcome.failed;
    return outcome.value;
  };

  return find();
};

/** Keeps a value; one that is too large for that is not kept, and still the value. */
export const keepIfItFits = (memory: HostMemory, table: string, key: string, value: unknown, ttlMs?: number): void => {
  try {
    memory.set(table, key, value, ttlMs);
  } catch (thrown) {
    if (caughtError(thrown).code !== 'memory-full') throw thrown;
  }
};

/** Waits for some work until the run ends; the work itself goes on. */
export const unlessAborted = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = onAbort(signal, reject);
    work.then(resolve, reject).finally(stop);
  });
