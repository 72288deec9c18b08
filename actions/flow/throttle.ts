import { defineAction, lazy, optional, string } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { keepIfItFits } from '../support/cached.ts';
import { milliseconds } from '../support/deadline.ts';

const kind = 'flow/throttle';

export default defineAction({
  id: 'flow/throttle',
  title: 'Throttle',
  summary: 'Runs steps for the first call of each period, and skips the other calls.',
  documentation: `
The first call with a key runs its steps and begins a period of \`window\` milliseconds; calls with that key until its
end are skipped. Nobody waits. A skipped call gives what \`onSkip\` gives, or null. Inside \`onSkip\` the scope
\`skipped\` holds \`last\`, the latest result of the steps (null while there is none; it is only kept where \`onSkip\`
is given), and \`retryAfterMs\`, the time until the period ends. A failure of the steps uses up the period like a
success.

Periods are counted per worker process: with several workers the steps run up to once per period in each. To hold calls
back instead of skipping them use \`flow/rate-limit\`; to run the last of a burst, \`flow/debounce\`.`,
  fields: {
    key: string({ label: 'Key', help: 'Calls with equal keys belong together.' }),
    window: milliseconds('Window', 'How long a period is.', 1),
    value: lazy({ label: 'Steps' }),
    onSkip: optional(lazy({ label: 'On skip', help: 'Steps or a value for calls that are skipped.' })),
  },
  output: {},
  examples: [
    { given: { key: 'mail the admin', window: 60_000, value: 'mailed' }, gives: 'mailed' },
    {
      given: { key: 'other', window: 60_000, value: null, onSkip: { $ref: ['skipped', 'last'] } },
      gives: null,
      note: 'Keys do not affect each other.',
    },
    { given: { key: 'mail the admin', window: 0, value: 1 }, fails: 'input-invalid' },
  ],
  run: ({ key, window, value, onSkip }, context) => {
    const { host } = context;
    const period = host.memory.shared(kind, key, () => ({ end: Number.NEGATIVE_INFINITY }));
    const now = host.monotonic();
    if (now < period.end) {
      if (onSkip === undefined) return null;
      const last = host.memory.get(kind, key) ?? null;
      return onSkip({ skipped: { last, retryAfterMs: Math.ceil(period.end - now) } });
    }
    period.end = now + window;
    if (onSkip === undefined) return value();
    return after(value(), (result) => {
      keepIfItFits(host.memory, kind, key, result ?? null, window);
      return result;
    });
  },
});
