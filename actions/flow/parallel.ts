import { type Awaitable, defineAction, integer, lazy, oneOf, optional, rows, string } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { checkIds, runCrowd, timeoutFailure } from '../support/branches.ts';
import { milliseconds } from '../support/deadline.ts';
import { caughtError, isUncatchable, recover } from '../support/failure.ts';

export default defineAction({
  id: 'flow/parallel',
  title: 'Parallel',
  summary: 'Runs several branches of steps at once and gives the result of each by its id.',
  keywords: ['all', 'await', 'concurrent', 'fork', 'simultaneous'],
  documentation: `
Each branch sees a copy of the variables as they were; what it sets is not seen outside, its result is. Branches begin
in the order of the list, \`limit\` of them at once, and the next begins when one ends. What waits (requests, pauses)
overlaps; steps that compute do not become faster, since a run has one thread.

When a branch fails, the others are stopped: no further step of theirs begins, what they wait for is given up, and the
action fails with the first failure. With \`onFailure\` set to collect, all branches run to their end and each result is
\`{"value": …}\` or \`{"error": {…}}\`. \`timeout\` is for all together; when it is over, unfinished branches are
stopped, and with collect they have the error \`timeout\`. Limits and cancellation of the run always end the action.`,
  fields: {
    branches: rows(
      { id: string({ label: 'Id', help: 'Key of the result.' }), value: lazy({ label: 'Steps' }) },
      { label: 'Branches' },
    ),
    limit: optional(integer({ label: 'Limit', help: 'How many at once; all, if left out.', minimum: 1 })),
    onFailure: optional(
      oneOf(['cancel', 'collect'], { label: 'On failure', help: 'Stop the other branches, or collect failures.' }),
      'cancel',
    ),
    timeout: optional(milliseconds('Timeout', 'For all branches together.', 1)),
  },
  output: { type: 'object' },
  failures: { timeout: 'The branches took longer than `timeout`, and failures are not collected.' },
  examples: [
    {
      given: {
        branches: [
          { id: 'user', value: 'Ada' },
          { id: 'orders', value: [1, 2] },
        ],
      },
      gives: { user: 'Ada', orders: [1, 2] },
    },
    {
      given: {
        branches: [
          { id: 'a', value: 1 },
          { id: 'b', value: { $do: { actions: [{ id: 'r', action: 'scope/raise', input: { message: 'No.' } }] } } },
        ],
        onFailure: 'collect',
      },
      gives: { a: { value: 1 }, b: { error: { name: 'ActionFailure', message: 'No.', code: 'raised' } } },
    },
    { given: { branches: [], limit: 2 }, gives: {} },
    {
      given: {
        branches: [
          {
            id: 'slow',
            value: { $do: { actions: [{ id: 's', action: 'thread/sleep', input: { duration: 60000 } }] } },
          },
        ],
        timeout: 5,
      },
      fails: 'timeout',
    },
    {
      given: {
        branches: [
          { id: 'a', value: 1 },
          { id: 'a', value: 2 },
        ],
      },
      fails: 'input-invalid',
      note: 'Two results cannot have one id.',
    },
  ],
  run: ({ branches: rows, limit, onFailure, timeout }, context) => {
    checkIds(rows, 'branches');
    const isCollecting = onFailure === 'collect';
    const results: unknown[] = Array(rows.length).fill(null);
    const unfinished = new Set(results.keys());
    const done = runCrowd(context, {
      count: rows.length,
      limit: limit ?? rows.length,
      timeoutMs: timeout,
      step: (index, branches) => {
        const work = () => branches.run((rows[index] as (typeof rows)[0]).value);
        return isCollecting ? collect(work) : work();
      },
      take: (result, index) => {
        unfinished.delete(index);
        results[index] = result ?? null;
      },
      ...(isCollecting && {
        over: () => {
          const error = caughtError(timeoutFailure('All branches together', timeout as number));
          for (const index of unfinished) results[index] = { error };
        },
      }),
    });
    return after(done, () => Object.fromEntries(rows.map(({ id }, index) => [id, results[index]])));
  },
});

const collect = (work: () => Awaitable<unknown>): Awaitable<unknown> =>
  recover(
    () => after(work(), (value) => ({ value: value ?? null })),
    (thrown) => {
      if (isUncatchable(thrown)) throw thrown;
      return { error: caughtError(thrown) };
    },
  );
