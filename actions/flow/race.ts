import { ActionFailure, defineAction, lazy, oneOf, optional, rows, string } from '../kit/index.ts';
import { checkIds, openBranches, timeoutFailure } from '../support/branches.ts';
import { milliseconds, within } from '../support/deadline.ts';
import { caughtError, isUncatchable } from '../support/failure.ts';

const raise = (message: string) => ({
  $do: { actions: [{ id: 'raise', action: 'scope/raise', input: { message } }] },
});
const sleep = (duration: number) => ({
  $do: { actions: [{ id: 'sleep', action: 'thread/sleep', input: { duration } }], output: 'late' },
});

export default defineAction({
  id: 'flow/race',
  title: 'Race',
  summary: 'Runs several branches of steps at once and gives the result of the fastest.',
  keywords: ['first'],
  documentation: `
The result is \`{"id": …, "value": …}\` of the branch that won; the others are stopped as in \`flow/parallel\`, and see
the variables as there. With \`until\` set to success, the default, failures are passed over while another branch may
still succeed, and \`all-failed\` lists the code of each when none does. With settled, the first branch to end decides,
and its failure is the failure of the action. A branch that never waits ends before the next begins.`,
  fields: {
    branches: rows(
      { id: string({ label: 'Id', help: 'Names the winner.' }), value: lazy({ label: 'Steps' }) },
      { label: 'Branches' },
    ),
    until: optional(
      oneOf(['success', 'settled'], { label: 'Until', help: 'The first success, or the first end of any kind.' }),
      'success',
    ),
    timeout: optional(milliseconds('Timeout', 'For the whole race.', 1)),
  },
  output: { type: 'object', properties: { id: { type: 'string' }, value: {} }, required: ['id', 'value'] },
  failures: {
    'all-failed': 'Every branch failed; `details.errors` has each failure by id.',
    timeout: 'No branch won within `timeout`.',
  },
  examples: [
    {
      given: {
        branches: [
          { id: 'far', value: sleep(60_000) },
          { id: 'near', value: 'here' },
        ],
      },
      gives: { id: 'near', value: 'here' },
    },
    {
      given: {
        branches: [
          { id: 'broken', value: raise('Out of order.') },
          { id: 'works', value: 1 },
        ],
      },
      gives: { id: 'works', value: 1 },
    },
    {
      given: {
        branches: [
          { id: 'late', value: sleep(60_000) },
          { id: 'quick', value: null },
        ],
        until: 'settled',
      },
      gives: { id: 'quick', value: null },
    },
    { given: { branches: [{ id: 'broken', value: raise('Out of order.') }] }, fails: 'all-failed' },
    { given: { branches: [{ id: 'late', value: sleep(60_000) }], timeout: 5 }, fails: 'timeout' },
    { given: { branches: [] }, fails: 'input-invalid', note: 'Nobody can win.' },
  ],
  run: async ({ branches: rows, until, timeout }, context) => {
    checkIds(rows, 'branches');
    if (rows.length === 0)
      throw new ActionFailure('input-invalid', '`branches` must have at least one row, found none; add one');
    const branches = openBranches(context);
    const failures = new Map<string, unknown>();
    const race = new Promise<unknown>((resolve, reject) => {
      let isOver = false;
      for (const { id, value } of rows) {
        if (isOver) return;
        const win = (result: unknown): void => {
          isOver = true;
          resolve({ id, value: result ?? null });
        };
        const lose = (thrown: unknown): void => {
          failures.set(id, thrown);
          if (until === 'success' && !isUncatchable(thrown) && failures.size < rows.length) return;
          isOver = true;
          reject(until === 'settled' || isUncatchable(thrown) ? thrown : allFailed(failures));
        };
        try {
          const result = branches.run(value);
          if (result instanceof Promise) result.then(win, lose);
          else win(result);
        } catch (thrown) {
          lose(thrown);
        }
      }
    });
    try {
      return await within(race, timeout, () => {
        throw timeoutFailure('The race', timeout as number);
      });
    } finally {
      branches.stop('The race was over.');
    }
  },
});

const allFailed = (failures: ReadonlyMap<string, unknown>): ActionFailure => {
  const errors = [...failures].map(([id, thrown]) => [id, caughtError(thrown)] as const);
  const codes = [...new Set(errors.map(([, { code }]) => code))].slice(0, 5).join(', ');
  return new ActionFailure('all-failed', `All ${errors.length} of \`branches\` failed, with ${codes}.`, {
    errors: Object.fromEntries(errors),
  });
};
