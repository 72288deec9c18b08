import { defineAction, integer, isTruthy, lazy, optional, string } from '../kit/index.ts';
import { after, repeatWhile } from '../support/awaitable.ts';

const most = 1_000_000;

export default defineAction({
  id: 'iteration/while',
  title: 'While',
  summary: 'Runs steps again and again while a condition holds.',
  keywords: ['do', 'loop', 'until'],
  documentation: `
The condition is evaluated before each pass, and the loop ends when it gives false or null; so the steps may not run at
all. Inside both the scope named by \`scope\` holds \`index\`, which counts the passes from 0, and \`value\`, the result
of the pass before (null at first). The result is that of the last pass, or null when there was none. Variables are
shared, so the steps can set what the condition looks at.

After \`max\` passes the loop ends as if the condition no longer held; compare in the condition where that has to be
told apart. The step limit and the time limit of the run hold as well, so a loop that never ends fails there.`,
  fields: {
    condition: lazy({ label: 'Condition', help: 'Steps or a value; false or null ends the loop.' }),
    do: lazy({ label: 'Steps' }),
    max: optional(integer({ label: 'Most passes', minimum: 0, maximum: most }), most),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: {},
  examples: [
    {
      given: {
        condition: { $op: 'less-than', of: [{ $ref: ['item', 'index'] }, 3] },
        do: { $ref: ['item', 'index'] },
      },
      gives: 2,
    },
    { given: { condition: true, do: { $ref: ['item', 'index'] }, max: 10 }, gives: 9 },
    { given: { condition: false, do: 1 }, gives: null },
    { given: { condition: true, do: 1, max: -1 }, fails: 'input-invalid' },
  ],
  run: ({ condition, do: steps, max, scope }) => {
    let value: unknown = null;
    const again = (result: unknown): boolean => {
      value = result ?? null;
      return true;
    };
    const done = repeatWhile((index) => {
      if (index >= max) return false;
      const locals = { [scope]: { index, value } };
      return after(condition(locals), (holds) => isTruthy(holds) && after(steps(locals), again));
    });
    return after(done, () => value);
  },
});
