import { array, defineAction, isTruthy, lazy, optional, string } from '../kit/index.ts';
import { after, indexOfFirst } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/all-are-true',
  title: 'All are true',
  summary: 'Tells whether steps give anything but false and null for every item of an array.',
  keywords: ['every one'],
  documentation: `
The steps run for one item after the other, up to the first that does not hold; the rest is not reached. Inside them the
scope named by \`scope\` holds \`index\`, from 0, and \`value\`, the item. 0 and an empty text hold. For an empty array
the result is true. When the steps fail for an item, the action fails.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; false or null does not hold.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: { type: 'boolean' },
  examples: [
    {
      given: { array: [3, 5], foreach: { $op: 'greater-than', of: [{ $ref: ['item', 'value'] }, 2] } },
      gives: true,
    },
    {
      given: { array: [3, 1], foreach: { $op: 'greater-than', of: [{ $ref: ['item', 'value'] }, 2] } },
      gives: false,
    },
    { given: { array: [], foreach: false }, gives: true },
    { given: { array: null, foreach: true }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) =>
    after(
      indexOfFirst(array.length, (index) =>
        after(foreach({ [scope]: { index, value: array[index] } }), (result) => !isTruthy(result)),
      ),
      (index) => index < 0,
    ),
});
