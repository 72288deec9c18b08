import { defineAction, lazy, optional, string } from '../kit/index.ts';
import { milliseconds, onAbort } from '../support/deadline.ts';

/** The calls with one key. At most one of them waits. */
interface Calls {
  /** When the first call of the present burst came. */
  since: number;
  /** Makes the one that waits give way to a later one. */
  skip: (() => void) | null;
}

export default defineAction({
  id: 'flow/debounce',
  title: 'Debounce',
  summary: 'Runs steps once after a burst of calls, when no further one has come for a while.',
  documentation: `
Each call waits for \`wait\` milliseconds. When another with the same key comes meanwhile, the earlier one is skipped at
once: it gives what \`onSkip\` gives, or null, and the later one waits anew. So of a burst only the last call runs its
steps, with its own data. \`max-wait\` bounds how long a burst that never pauses puts them off; the call that waits then
runs them. While the steps run, new calls are a new burst.

For the one that waits its run stays open, up to the time limit of the run. When that run is cancelled, nobody runs the
steps for those who were skipped. Calls are counted per worker process: with several workers a burst that reaches them
all runs the steps up to once in each.`,
  fields: {
    key: string({ label: 'Key', help: 'Calls with equal keys belong together.' }),
    wait: milliseconds('Wait', 'How long no further call must come.', 1),
    'max-wait': optional(milliseconds('Longest wait', 'From the first call of a burst.', 1)),
    value: lazy({ label: 'Steps' }),
    onSkip: optional(lazy({ label: 'On skip', help: 'Steps or a value for calls that a later one replaces.' })),
  },
  output: {},
  examples: [
    { given: { key: 'reindex', wait: 2, value: 'done' }, gives: 'done', note: 'No other call came within 2 ms.' },
    { given: { key: 'reindex', wait: 60_000, 'max-wait': 2, value: null, onSkip: 'skipped' }, gives: null },
    { given: { key: 'reindex', wait: 0, value: 1 }, fails: 'input-invalid' },
  ],
  run: async ({ key, wait, 'max-wait': longest, value, onSkip }, context) => {
    const { host } = context;
    const calls = host.memory.shared('flow/debounce', key, (): Calls => ({ since: 0, skip: null }));
    const now = host.monotonic();
    if (calls.skip === null) calls.since = now;
    else calls.skip();
    const ms = Math.min(wait, Math.max(0, calls.since + (longest ?? Number.POSITIVE_INFINITY) - now));
    if (await isLast(calls, ms, context.signal)) return value();
    return onSkip === undefined ? null : onSkip();
  },
});

/** Waits, and tells whether no later call came. */
const isLast = (calls: Calls, ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      stopListening();
      if (calls.skip === skip) calls.skip = null;
    };
    const skip = (): void => {
      end();
      resolve(false);
    };
    const timer = setTimeout(() => {
      end();
      resolve(true);
    }, ms);
    let stopListening = (): void => {};
    calls.skip = skip;
    stopListening = onAbort(signal, (reason) => {
      end();
      reject(reason);
    });
  });
