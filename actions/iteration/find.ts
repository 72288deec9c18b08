import { array, defineAction, isTruthy, lazy, optional, string } from '../kit/index.ts';
import { after, indexOfFirst } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/find',
  title: 'Find',
  summary: 'Gives the first item of an array for which a condition holds.',
  keywords: ['detect', 'search'],
  documentation: `
The condition is evaluated for one item after the other, up to the first for which it gives anything but false and null.
Inside it the scope named by \`scope\` holds \`index\`, from 0, and \`value\`, the item. When no item is found the
result is null; where null may be an item, use \`iteration/find-index\`.`,
  fields: {
    array: array({ label: 'Array' }),
    condition: lazy({ label: 'Condition', help: 'Steps or a value; false or null passes the item over.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: {},
  examples: [
    {
      given: { array: ['a', 'b', 'c'], condition: { $op: 'equal', of: [{ $ref: ['item', 'value'] }, 'b'] } },
      gives: 'b',
    },
    {
      given: {
        array: [5, 8, 9],
        condition: { $op: 'greater-than', of: [{ $ref: ['n', 'value'] }, 6] },
        scope: 'n',
      },
      gives: 8,
    },
    { given: { array: [1], condition: false }, gives: null },
    { given: { array: { a: 1 }, condition: true }, fails: 'input-invalid' },
  ],
  run: ({ array, condition, scope }) =>
    after(
      indexOfFirst(array.length, (index) => after(condition({ [scope]: { index, value: array[index] } }), isTruthy)),
      (index) => array[index],
    ),
});
