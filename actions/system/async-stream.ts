import { array, boolean, defineAction, integer, lazy, optional, string } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { runCrowd, timeoutFailure } from '../support/branches.ts';
import { milliseconds } from '../support/deadline.ts';

const late = { $do: { actions: [{ id: 's', action: 'thread/sleep', input: { duration: 60_000 } }] } };

export default defineAction({
  id: 'system/async-stream',
  title: 'Async stream',
  summary: 'Runs steps for each item of an array, many items at once, and gives an array of the results.',
  keywords: ['concurrent', 'loop', 'map', 'parallel'],
  documentation: `
Inside the steps the scope named by \`scope\` holds \`index\`, from 0, and \`value\`, the item; each item sees a copy of
the variables as they were. Items begin in order, \`limit\` of them at once, and the next begins when one ends. Results
are in the order of the items, or with \`ordered\` false in the order in which they came.

\`timeout\` is for each item, from its beginning. When one takes longer, or fails, the others are stopped and the action
fails, as Elixir's Task.async_stream does. What waits overlaps; steps that compute do not become faster.`,
  fields: {
    values: array({ label: 'Values' }),
    thread: lazy({ label: 'Steps', help: 'For each item.' }),
    scope: string({ label: 'Scope', help: 'Name of the scope with index and value.' }),
    timeout: optional(milliseconds('Timeout', 'For each item.', 1)),
    ordered: optional(boolean({ label: 'Ordered', help: 'Whether results keep the order of the items.' }), true),
    limit: optional(integer({ label: 'Limit', help: 'How many at once.', minimum: 1, maximum: 10_000 }), 100),
  },
  output: { type: 'array' },
  failures: { timeout: 'An item took longer than `timeout`.' },
  examples: [
    {
      given: {
        values: ['a', 'b', 'c'],
        thread: {
          $do: {
            actions: [
              {
                id: 'join',
                action: 'string/join',
                input: { array: ['letter', { $ref: ['item', 'value'] }], delimiter: ' ' },
              },
            ],
          },
        },
        scope: 'item',
        timeout: 30_000,
        ordered: true,
      },
      gives: ['letter a', 'letter b', 'letter c'],
    },
    { given: { values: [], thread: 1, scope: 'item', timeout: 1, ordered: false }, gives: [] },
    {
      given: { values: [3, 4], thread: { $ref: ['item', 'index'] }, scope: 'item', limit: 1 },
      gives: [0, 1],
      note: 'One after the other.',
    },
    { given: { values: [1], thread: late, scope: 'item', timeout: 5 }, fails: 'timeout' },
    { given: { values: 'abc', thread: 1, scope: 'item' }, fails: 'input-invalid' },
  ],
  run: ({ values, thread, scope, timeout, ordered, limit }, context) => {
    const results: unknown[] = ordered ? Array(values.length).fill(null) : [];
    const done = runCrowd(context, {
      count: values.length,
      limit,
      step: (index, branches) =>
        branches.runWithin(
          thread,
          timeout,
          () => timeoutFailure(`\`thread\` for the item at ${index}`, timeout as number),
          { [scope]: { index, value: values[index] } },
        ),
      take: (result, index) => {
        if (ordered) results[index] = result ?? null;
        else results.push(result ?? null);
      },
    });
    return after(done, () => results);
  },
});
