import { array, defineAction, isTruthy, lazy, string } from '../kit/index.ts';
import { after, inOrder } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/filter',
  title: 'Filter',
  summary: 'Keeps the items of an array for which steps give anything but false and null.',
  keywords: ['select', 'where'],
  documentation: `
The steps run for one item after the other, in order. Inside them the scope named by \`scope\` holds \`index\`, from 0,
and \`value\`, the item. 0 and an empty text keep an item. When the steps fail for an item, the action fails.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; false or null drops the item.' }),
    scope: string({ label: 'Scope', help: 'Name of the scope with index and value.' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, 2], foreach: true, scope: 'item' }, gives: [1, 2] },
    { given: { array: [1, 2], foreach: null, scope: 'item' }, gives: [] },
    { given: { array: 'x', foreach: true, scope: 'item' }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) => {
    const kept: unknown[] = [];
    const done = inOrder(
      array.length,
      (index) => foreach({ [scope]: { index, value: array[index] } }),
      (result, index) => {
        if (isTruthy(result)) kept.push(array[index]);
      },
    );
    return after(done, () => kept);
  },
});
