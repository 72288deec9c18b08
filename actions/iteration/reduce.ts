import { any, array, defineAction, lazy, optional, string } from '../kit/index.ts';
import { after, inOrder } from '../support/awaitable.ts';

export default defineAction({
  id: 'iteration/reduce',
  title: 'Reduce',
  summary: 'Makes one value of all items of an array, step by step.',
  keywords: ['accumulate', 'aggregate', 'fold'],
  documentation: `
The steps run for one item after the other, in order. Inside them the scope named by \`scope\` holds \`accumulator\`,
\`index\`, from 0, and \`value\`, the item. The accumulator is \`initial\` for the first item, null if that is left out,
and for each other what the steps gave for the item before. The last of them is the result; of an empty array that is
\`initial\`. The first item never stands in for a missing \`initial\`.`,
  fields: {
    array: array({ label: 'Array' }),
    initial: optional(any({ label: 'Initial value', help: 'The accumulator for the first item.' })),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; the next accumulator.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with accumulator, index and value.' }), 'item'),
  },
  output: {},
  examples: [
    {
      given: {
        array: ['a', 'b', 'c'],
        initial: '',
        foreach: {
          $do: {
            actions: [
              {
                id: 'join',
                action: 'string/join',
                input: { array: [{ $ref: ['item', 'value'] }, { $ref: ['item', 'accumulator'] }], delimiter: '' },
              },
            ],
          },
        },
      },
      gives: 'cba',
    },
    { given: { array: [], initial: 5, foreach: 1 }, gives: 5 },
    { given: { array: [1], foreach: { $ref: ['item', 'accumulator'] } }, gives: null },
    { given: { array: 5, initial: 0, foreach: 1 }, fails: 'input-invalid' },
  ],
  run: ({ array, initial = null, foreach, scope }) => {
    let accumulator = initial;
    const done = inOrder(
      array.length,
      (index) => foreach({ [scope]: { index, value: array[index], accumulator } }),
      (result) => {
        accumulator = result ?? null;
      },
    );
    return after(done, () => accumulator);
  },
});
