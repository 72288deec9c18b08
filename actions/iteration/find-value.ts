import { array, defineAction, isTruthy, lazy, optional, string } from '../kit/index.ts';
import { after, indexOfFirst } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/find-value',
  title: 'Find value',
  summary: 'Gives the first result of steps for the items of an array that is neither false nor null.',
  documentation: `
The steps run for one item after the other, up to the first that gives such a result, and that result is given, not the
item: what is looked up for each item is not looked up again. Inside the steps the scope named by \`scope\` holds
\`index\`, from 0, and \`value\`, the item. Null when there is none, as with Elixir's Enum.find_value.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; false or null goes on to the next item.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: {},
  examples: [
    {
      given: {
        array: [{ name: 'Ada' }, { name: 'Alan', email: 'alan@example.com' }],
        foreach: { $ref: ['item', 'value', 'email'] },
      },
      gives: 'alan@example.com',
    },
    { given: { array: [1, 2], foreach: false }, gives: null },
    { given: { array: [], foreach: 'x' }, gives: null },
    { given: { array: 1, foreach: 'x' }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) => {
    let found: unknown = null;
    const isFound = (result: unknown): boolean => {
      if (!isTruthy(result)) return false;
      found = result;
      return true;
    };
    return after(
      indexOfFirst(array.length, (index) => after(foreach({ [scope]: { index, value: array[index] } }), isFound)),
      () => found,
    );
  },
});
