import { array, defineAction, isTruthy, lazy, optional, string } from '../kit/index.ts';
import { after, indexOfFirst } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/any-is-true',
  title: 'Any is true',
  summary: 'Tells whether steps give anything but false and null for at least one item of an array.',
  keywords: ['exists', 'some'],
  documentation: `
The steps run for one item after the other, up to the first that holds; the rest is not reached. Inside them the scope
named by \`scope\` holds \`index\`, from 0, and \`value\`, the item. 0 and an empty text hold. For an empty array the
result is false. When the steps fail for an item, the action fails.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; false or null does not hold.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: { type: 'boolean' },
  examples: [
    {
      given: { array: [1, 2, 3], foreach: { $op: 'equal', of: [{ $ref: ['item', 'value'] }, 1] } },
      gives: true,
    },
    {
      given: { array: [1, 2, 3], foreach: { $op: 'equal', of: [{ $ref: ['n', 'value'] }, 9] }, scope: 'n' },
      gives: false,
    },
    { given: { array: [], foreach: true }, gives: false },
    { given: { array: 'abc', foreach: true }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) =>
    after(
      indexOfFirst(array.length, (index) => after(foreach({ [scope]: { index, value: array[index] } }), isTruthy)),
      (index) => index >= 0,
    ),
});
