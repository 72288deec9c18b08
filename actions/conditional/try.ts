import {
  ActionFailure,
  type Awaitable,
  any,
  defineAction,
  describeValue,
  integer,
  lazy,
  optional,
} from '../kit/index.ts';
import { longestMs } from '../support/deadline.ts';
import { parse } from '../support/expression/parse.ts';
import { caughtError, isUncatchable, recover } from '../support/failure.ts';

const delayBefore = (delay: unknown, retryCount: number): number => {
  const ms = typeof delay === 'string' ? parse(delay)({ retry_count: retryCount }) : (delay ?? 0);
  if (typeof ms === 'number' && ms >= 0 && ms <= longestMs) return ms;
  throw new ActionFailure(
    'input-invalid',
    `\`retry-delay\` must be 0 to ${longestMs} milliseconds, or a formula over retry_count that gives as much, found ${describeValue(ms)}`,
  );
};

const raise = { $do: { actions: [{ id: 'r', action: 'scope/raise', input: { message: 'Out of order.' } }] } };

export default defineAction({
  id: 'conditional/try',
  title: 'Try',
  summary: 'Runs steps and gives something else when they fail.',
  keywords: ['catch', 'error handling', 'exception', 'finally', 'rescue'],
  documentation: `
When \`value\` fails, \`onError\` runs with the scope \`error\` (\`name, message, code, node\`) and its result takes the
place of the value; without \`onError\` that is null. What the steps stored before they failed stays stored. The step
limit, the time limit and cancellation of the run are not caught. A failure of \`onError\` itself is not caught either.

With \`retry\` the steps run again up to so many times before \`onError\` does. \`retry-delay\` is the time before each
retry in milliseconds, or a formula over \`retry_count\`, which is 1 for the first: \`retry_count * 1000\`.`,
  fields: {
    value: lazy({ label: 'Try', help: 'Steps that may fail.' }),
    onError: optional(lazy({ label: 'On error', help: 'Steps or a value for when they do.' })),
    retry: optional(integer({ label: 'Retries', minimum: 0, maximum: 100 }), 0),
    'retry-delay': optional(
      any({ label: 'Delay before a retry', help: 'Milliseconds, or a formula over retry_count.' }),
    ),
  },
  output: {},
  examples: [
    { given: { value: 1, onError: 2 }, gives: 1 },
    { given: { value: raise, onError: { $ref: ['error', 'message'] } }, gives: 'Out of order.' },
    {
      given: { value: raise, retry: 2, 'retry-delay': 'retry_count * 0.1' },
      gives: null,
      note: 'All three attempts failed.',
    },
    {
      given: { value: raise, retry: 1, 'retry-delay': -1 },
      fails: 'input-invalid',
      note: 'It is looked at when it is needed.',
    },
    { given: { value: 1, retry: -1 }, fails: 'input-invalid' },
  ],
  run: ({ value, onError, retry, 'retry-delay': delay }, context) => {
    const attempt = (retries: number): Awaitable<unknown> =>
      recover(
        () => value(),
        (thrown) => {
          if (isUncatchable(thrown)) throw thrown;
          if (retries === retry) return onError === undefined ? null : onError({ error: caughtError(thrown) });
          const ms = delayBefore(delay, retries + 1);
          return ms === 0 ? attempt(retries + 1) : context.sleep(ms).then(() => attempt(retries + 1));
        },
      );
    return attempt(0);
  },
});
