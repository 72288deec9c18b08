import { array, defineAction, lazy, string } from '../kit/index.ts';
import { after, inOrder } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/map',
  title: 'Map',
  summary: 'Replaces each item of an array by what steps make of it.',
  keywords: ['collect', 'select'],
  documentation: `
The steps run for one item after the other, in order. Inside them the scope named by \`scope\` holds \`index\`, from 0,
and \`value\`, the item. The scopes around stay the same, so that a variable set for one item is there for the next.
When the steps fail for an item, the action fails and the remaining items are not reached.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; its result replaces the item.' }),
    scope: string({ label: 'Scope', help: 'Name of the scope with index and value.' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, 2], foreach: 'x', scope: 'item' }, gives: ['x', 'x'] },
    { given: { array: [], foreach: 'x', scope: 'item' }, gives: [] },
    { given: { array: { a: 1 }, foreach: 'x', scope: 'item' }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) => {
    const results: unknown[] = [];
    const done = inOrder(
      array.length,
      (index) => foreach({ [scope]: { index, value: array[index] } }),
      (result) => results.push(result),
    );
    return after(done, () => results);
  },
});
