import { array, defineAction, lazy, optional, string } from '../kit/index.ts';
import { after, inOrder } from '../support/awaitable.ts';
import { checkItems } from '../support/bounds.ts';

export default defineAction({
  id: 'iteration/flat-map',
  title: 'Flat map',
  summary: 'Makes one array of the arrays that steps give for each item of an array.',
  documentation: `
The steps run for one item after the other, in order. Inside them the scope named by \`scope\` holds \`index\`, from 0,
and \`value\`, the item. The items of the arrays they give follow each other in the result; an empty array leaves
nothing behind. Only one level is opened. A result that is no array, null included, is one item.`,
  fields: {
    array: array({ label: 'Array' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; an array of items of the result.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with index and value.' }), 'item'),
  },
  output: { type: 'array' },
  failures: { 'too-large': 'The result would have more than 1,000,000 items.' },
  examples: [
    {
      given: {
        array: [{ tags: ['a', 'b'] }, { tags: [] }, { tags: [['c']] }],
        foreach: { $ref: ['item', 'value', 'tags'] },
      },
      gives: ['a', 'b', ['c']],
    },
    { given: { array: [1, 2], foreach: 'x' }, gives: ['x', 'x'] },
    { given: { array: [], foreach: [1] }, gives: [] },
    {
      given: {
        array: [1, 2],
        foreach: { $do: { actions: [{ id: 'many', action: 'iteration/repeat', input: { times: 600_000, do: 0 } }] } },
      },
      fails: 'too-large',
    },
    { given: { array: 'abc', foreach: [1] }, fails: 'input-invalid' },
  ],
  run: ({ array, foreach, scope }) => {
    const results: unknown[] = [];
    const done = inOrder(
      array.length,
      (index) => foreach({ [scope]: { index, value: array[index] } }),
      (result) => {
        if (!Array.isArray(result)) results.push(result);
        else {
          checkItems(results.length + result.length, 'foreach');
          for (const item of result) results.push(item);
        }
      },
    );
    return after(done, () => results);
  },
});
