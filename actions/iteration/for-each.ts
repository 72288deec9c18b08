import { array, defineAction, lazy, optional, string } from '../kit/index.ts';
import { after, inOrder } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/for-each',
  title: 'For each',
  summary: 'Runs steps for each item of an array, for what they do.',
  keywords: ['foreach', 'iterate', 'loop'],
  documentation: `
The steps run for one item after the other, in order. Inside them the scope named by \`scope\` holds \`index\`, from 0,
and \`value\`, the item. Results are not kept, so that even a long array takes no memory; use \`iteration/map\` for
them. A variable set for one item is there for the next. \`scope/break\` leaves the steps for one item only. When they
fail, the action fails and the remaining items are not reached.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps to run.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: null,
  examples: [
    { given: { array: [1, 2], foreach: { $ref: ['item', 'value'] } }, gives: null },
    { given: { array: [], foreach: 1, scope: 'n' }, gives: null },
    { given: { array: { a: 1 }, foreach: 1 }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) =>
    after(
      inOrder(
        array.length,
        (index) => foreach({ [scope]: { index, value: array[index] } }),
        () => {},
      ),
      () => null,
    ),
});
