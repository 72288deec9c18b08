import { defineAction, lazy, optional, rows, string } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { checkIds, runCrowd } from '../support/branches.ts';
import { milliseconds } from '../support/deadline.ts';

export default defineAction({
  id: 'system/async',
  title: 'Async',
  summary: 'Runs several named sets of steps at once, and gives the result of each by its id.',
  keywords: ['concurrent', 'parallel'],
  documentation: `
All threads begin at once, and each sees a copy of the variables as they were; what it sets is not seen outside. When
one fails, or \`timeout\` is over before all have ended, the others are stopped and the action fails; nothing is left
running. What waits overlaps; steps that compute do not become faster. \`flow/parallel\` does the same with a limit of
how many at once, and can collect failures.`,
  fields: {
    threads: rows(
      { id: string({ label: 'Id', help: 'Key of the result.' }), value: lazy({ label: 'Steps' }) },
      { label: 'Threads' },
    ),
    timeout: optional(milliseconds('Timeout', 'For all threads together.', 1)),
  },
  output: { type: 'object' },
  failures: { timeout: 'The threads took longer than `timeout`.' },
  examples: [
    {
      given: {
        threads: [
          { id: 'user', value: 'Ada' },
          { id: 'orders', value: [1, 2] },
        ],
        timeout: 30_000,
      },
      gives: { user: 'Ada', orders: [1, 2] },
    },
    { given: { threads: [], timeout: 1 }, gives: {} },
    {
      given: {
        threads: [
          { id: 'fast', value: 1 },
          {
            id: 'slow',
            value: { $do: { actions: [{ id: 's', action: 'thread/sleep', input: { duration: 60_000 } }] } },
          },
        ],
        timeout: 5,
      },
      fails: 'timeout',
    },
    { given: { threads: { user: 'Ada' }, timeout: 1 }, fails: 'input-invalid' },
  ],
  run: ({ threads, timeout }, context) => {
    checkIds(threads, 'threads');
    const results: unknown[] = Array(threads.length).fill(null);
    const done = runCrowd(context, {
      count: threads.length,
      limit: threads.length,
      timeoutMs: timeout,
      step: (index, branches) => branches.run((threads[index] as (typeof threads)[0]).value),
      take: (result, index) => {
        results[index] = result ?? null;
      },
    });
    return after(done, () => Object.fromEntries(threads.map(({ id }, index) => [id, results[index]])));
  },
});
