import { type Awaitable, defineAction, integer, lazy, listOf, number, oneOf, optional, string } from '../kit/index.ts';
import { milliseconds } from '../support/deadline.ts';
import { type CaughtError, caughtError, isUncatchable, recover } from '../support/failure.ts';

export default defineAction({
  id: 'flow/retry',
  title: 'Retry',
  summary: 'Runs steps again when they fail, with growing pauses.',
  keywords: ['attempts', 'backoff'],
  documentation: `
The steps run \`attempts\` times at most. When the last attempt fails, or a failure that is not to be retried comes up,
the action fails with that very failure; put it into \`conditional/try\` to go on. Inside the steps the scope
\`attempt\` holds \`index\` (from 0), \`number\` (from 1) and \`error\`, the failure of the attempt before (\`name,
message, code, node\`) or null. Variables that a failed attempt set stay set.

The pause before retry n is \`delay\` × \`factor\`ⁿ⁻¹, at most \`max-delay\`. With full jitter the pause is a random
part of that, so that many callers who failed together do not come back together. \`retry-on\` names the only failure
codes that are retried; \`not-on\` codes that never are. The step limit, the time limit and cancellation of the run are
never retried.`,
  fields: {
    value: lazy({ label: 'Steps' }),
    attempts: optional(integer({ label: 'Attempts', help: 'The first one included.', minimum: 1, maximum: 1000 }), 3),
    delay: optional(milliseconds('Delay', 'Pause before the first retry.'), 1000),
    factor: optional(number({ label: 'Factor', help: 'How much longer each pause is.', minimum: 1, maximum: 100 }), 2),
    'max-delay': optional(milliseconds('Longest delay', 'No pause is longer.'), 30_000),
    jitter: optional(
      oneOf(['none', 'full'], { label: 'Jitter', help: 'Whether a random part of each pause is left out.' }),
      'none',
    ),
    'retry-on': optional(listOf(string(), { label: 'Retry on', help: 'Failure codes; all, if left out.' })),
    'not-on': optional(listOf(string(), { label: 'Not on', help: 'Failure codes that are not retried.' }), []),
  },
  output: {},
  examples: [
    { given: { value: 'at once' }, gives: 'at once' },
    {
      given: {
        value: {
          $do: {
            actions: [
              {
                id: 'check',
                action: 'conditional/if',
                input: {
                  conditions: [
                    { condition: { $op: 'less-than', of: [{ $ref: ['attempt', 'number'] }, 3] }, value: null },
                    { condition: true, value: 'third time lucky' },
                  ],
                },
              },
              { id: 'use', action: 'string/upcase', input: { string: { $ref: ['variables', 'output'] } } },
            ],
          },
        },
        delay: 0,
      },
      gives: 'THIRD TIME LUCKY',
      note: 'The first two attempts fail, because null is no text.',
    },
    { given: { value: { $ref: ['attempt', 'number'] }, 'not-on': ['request-status'] }, gives: 1 },
    { given: { value: 1, attempts: 0 }, fails: 'input-invalid' },
  ],
  run: (input, context) => {
    const { value, attempts, delay, factor, 'max-delay': longest, jitter } = input;
    const retryOn = input['retry-on'] && new Set(input['retry-on']);
    const notOn = new Set(input['not-on']);
    const mayRetry = (code: string): boolean => (retryOn === undefined || retryOn.has(code)) && !notOn.has(code);

    const attempt = (index: number, error: CaughtError | null): Awaitable<unknown> =>
      recover(
        () => value({ attempt: { index, number: index + 1, error } }),
        (thrown) => {
          const failed = caughtError(thrown);
          if (isUncatchable(thrown) || index + 1 >= attempts || !mayRetry(failed.code)) throw thrown;
          const pause = Math.min(delay * factor ** index, longest);
          const ms = jitter === 'full' ? pause * context.host.random() : pause;
          return ms === 0 ? attempt(index + 1, failed) : context.sleep(ms).then(() => attempt(index + 1, failed));
        },
      );
    return attempt(0, null);
  },
});
