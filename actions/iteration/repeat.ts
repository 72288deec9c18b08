import { defineAction, integer, lazy, optional, string } from '../kit/index.ts';
import { after, inOrder } from '../support/awaitable.ts';
import { bounds } from '../support/bounds.ts';

export default defineAction({
  id: 'iteration/repeat',
  title: 'Repeat',
  summary: 'Runs steps a number of times and gives the results.',
  keywords: ['for', 'loop'],
  documentation: `
One pass comes after the other. Inside the steps the scope named by \`scope\` holds \`index\`, which counts the passes
from 0. The step limit of the run counts what is done in each pass. When the steps fail, the action fails and no further
pass begins.`,
  fields: {
    times: integer({ label: 'Times', minimum: 0, maximum: bounds.items }),
    do: lazy({ label: 'Steps' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index.' }), 'item'),
  },
  output: { type: 'array' },
  examples: [
    { given: { times: 3, do: { $ref: ['item', 'index'] } }, gives: [0, 1, 2] },
    { given: { times: 2, do: 'x' }, gives: ['x', 'x'] },
    { given: { times: 0, do: 'x' }, gives: [] },
    { given: { times: -1, do: 'x' }, fails: 'input-invalid' },
  ],
  run: ({ times, do: steps, scope }) => {
    const results: unknown[] = [];
    const done = inOrder(
      times,
      (index) => steps({ [scope]: { index } }),
      (result) => results.push(result ?? null),
    );
    return after(done, () => results);
  },
});
