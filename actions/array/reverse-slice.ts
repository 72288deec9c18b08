import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/reverse-slice',
  title: 'Reverse slice',
  summary: 'Reverses the order of some neighbouring items of an array.',
  documentation: `
The items around them stay where they are. When there are fewer than \`count\` items from the index on, all of those are
reversed. A negative index counts from the end; where there is no item at the index, the array comes back as it is.`,
  fields: {
    array: array({ label: 'Array' }),
    index: integer({ label: 'Index', help: 'Of the first item to reverse, from 0.' }),
    count: integer({ label: 'Count', help: 'Items to reverse.', minimum: 0 }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, 2, 3, 4, 5], index: 1, count: 3 }, gives: [1, 4, 3, 2, 5] },
    { given: { array: [1, 2, 3], index: 1, count: 10 }, gives: [1, 3, 2] },
    { given: { array: [1, 2, 3, 4], index: -2, count: 2 }, gives: [1, 2, 4, 3] },
    { given: { array: [1, 2], index: 2, count: 1 }, gives: [1, 2] },
    { given: { array: [1, 2], index: 0, count: -1 }, fails: 'input-invalid' },
  ],
  run: ({ array, index, count }) => {
    const start = index < 0 ? array.length + index : index;
    if (start < 0 || start >= array.length) return array;
    const reversed = array.slice(start, start + count).reverse();
    return array.slice(0, start).concat(reversed, array.slice(start + count));
  },
});
