import { array, defineAction, isTruthy, lazy, optional, string } from '../kit/index.ts';
import { after, indexOfFirst } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/find-index',
  title: 'Find index',
  summary: 'Gives the index of the first item of an array for which steps give anything but false and null.',
  documentation: `
The steps run for one item after the other, up to the first that is found. Inside them the scope named by \`scope\`
holds \`index\`, from 0, and \`value\`, the item. The result counts from 0 and is null when no item is found, as with
Elixir's Enum.find_index. An older description says that the item itself is the result; that is what \`iteration/find\`
gives.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; false or null passes the item over.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: { type: ['integer', 'null'] },
  examples: [
    {
      given: { array: ['a', 'b', 'b'], foreach: { $op: 'equal', of: [{ $ref: ['item', 'value'] }, 'b'] } },
      gives: 1,
    },
    { given: { array: ['a'], foreach: null }, gives: null },
    { given: { array: [null], foreach: 0 }, gives: 0, note: '0 is neither false nor null.' },
    { given: { array: 'abc', foreach: true }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) =>
    after(
      indexOfFirst(array.length, (index) => after(foreach({ [scope]: { index, value: array[index] } }), isTruthy)),
      (index) => (index < 0 ? null : index),
    ),
});
