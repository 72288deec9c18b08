import { any, array, defineAction } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'array/add',
  title: 'Add',
  summary: 'Adds an item to the end of an array.',
  keywords: ['append', 'push'],
  documentation: `
An array given as the item is not nested: its items are added one by one. To add an array as one item, put it into another
one, as the third example does. The result may have 1,000,000 items when an array is added.`,
  fields: {
    array: array({ label: 'Array' }),
    item: any({ label: 'Item', help: 'Any value; the items of an array are added one by one.' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: ['red', 'green'], item: 7 }, gives: ['red', 'green', 7] },
    { given: { array: [1], item: [2, 3] }, gives: [1, 2, 3] },
    { given: { array: [1], item: [[2, 3]] }, gives: [1, [2, 3]] },
    { given: { array: [], item: null }, gives: [null] },
    { given: { array: null, item: 1 }, fails: 'input-invalid' },
  ],
  run: ({ array, item }) => {
    if (!Array.isArray(item)) return [...array, item];
    checkTotal(array.length + item.length, 'item');
    return array.concat(item);
  },
});
