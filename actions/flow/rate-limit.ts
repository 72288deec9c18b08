import { defineAction, integer, optional, string } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { milliseconds } from '../support/deadline.ts';
import { takeToken } from '../support/token-bucket.ts';

export default defineAction({
  id: 'flow/rate-limit',
  title: 'Rate limit',
  summary: 'Lets only so many calls per time pass, and holds back or fails the others.',
  keywords: ['quota'],
  documentation: `
A token bucket per \`key\`: it holds \`burst\` tokens (as many as \`limit\` if left out), a call takes one, and
\`limit\` of them come back evenly over \`window\` milliseconds. After a rest \`burst\` calls pass at once, then one
every \`window\` / \`limit\`. Where a service counts strictly, set \`burst\` to 1 and calls are spaced evenly.

A call that finds no token waits up to \`max-wait\` milliseconds for one, in order of arrival; if it would take longer
it fails with \`rate-limited\` at once, and \`details.retryAfterMs\` says when the next try could succeed. The result
\`{"remaining": …}\` tells how many calls could follow without waiting. The bucket is one of this worker process, shared
with \`system/ratelimit\`: with several workers each allows the whole limit, so divide it by their number.`,
  fields: {
    key: string({ label: 'Key', help: 'Calls with equal keys share a limit.' }),
    limit: integer({ label: 'Limit', help: 'Calls per window.', minimum: 1, maximum: 1_000_000 }),
    window: milliseconds('Window', 'The time that the limit is for.', 1),
    burst: optional(integer({ label: 'Burst', help: 'Calls that may come at once.', minimum: 1, maximum: 1_000_000 })),
    'max-wait': optional(milliseconds('Longest wait', '0 never waits.'), 0),
  },
  output: { type: 'object', properties: { remaining: { type: 'integer' } }, required: ['remaining'] },
  failures: { 'rate-limited': 'There was no token, and none would come within `max-wait`.' },
  examples: [
    { given: { key: 'customer 7', limit: 3, window: 60_000 }, gives: { remaining: 2 } },
    { given: { key: 'customer 7', limit: 100, window: 60_000, burst: 1 }, gives: { remaining: 0 } },
    {
      given: { key: 'used up', limit: 1, window: 60_000 },
      fails: 'rate-limited',
      note: 'Another call of the examples took the only token of this minute.',
    },
    { given: { key: 'customer 7', limit: 0, window: 60_000 }, fails: 'input-invalid' },
  ],
  run: ({ key, limit, window, burst, 'max-wait': maxWaitMs }, context) =>
    after(takeToken({ key, limit, windowMs: window, burst: burst ?? limit, maxWaitMs }, context), (remaining) => ({
      remaining,
    })),
});
