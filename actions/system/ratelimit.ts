import { defineAction, integer, string } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { takeToken } from '../support/token-bucket.ts';

const longestWaitMs = 60_000;

export default defineAction({
  id: 'system/ratelimit',
  title: 'Rate limit',
  summary: 'Holds executions back so that only so many per time go on.',
  keywords: ['quota', 'throttle'],
  documentation: `
\`count\` executions with a key go on at once, and then one every \`duration\` / \`count\`. An execution beyond that
waits for its turn and gives true when it comes; the time limit of the run counts the wait. When the wait would be
longer than a minute, the action fails with \`rate-limited\` at once, so that no queue grows without end. Descriptions
of the original differ: an older one gives false instead of waiting. Here workflows of either kind keep to the limit.
Use \`flow/rate-limit\` to choose the wait, and to read \`details.retryAfterMs\`.

Limits are those of this worker process, shared with \`flow/rate-limit\`: with several workers each allows the whole
count.`,
  fields: {
    count: integer({ label: 'Count', help: 'Executions per duration.', minimum: 1, maximum: 1_000_000 }),
    duration: integer({ label: 'Duration', help: 'Seconds.', minimum: 1, maximum: 2_000_000 }),
    key: string({ label: 'Key', help: 'Equal keys share a limit.' }),
  },
  output: { type: 'boolean' },
  failures: { 'rate-limited': 'The turn would come in more than a minute.' },
  examples: [
    { given: { count: 10, duration: 1, key: 'orders' }, gives: true },
    {
      given: { count: 1, duration: 3600, key: 'used up' },
      fails: 'rate-limited',
      note: 'Another execution of the examples took the only turn of this hour.',
    },
    { given: { count: 0, duration: 1, key: 'orders' }, fails: 'input-invalid' },
  ],
  run: ({ count, duration, key }, context) =>
    after(
      takeToken({ key, limit: count, windowMs: duration * 1000, burst: count, maxWaitMs: longestWaitMs }, context),
      () => true,
    ),
});
