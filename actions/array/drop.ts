import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/drop',
  title: 'Drop',
  summary: 'Removes items from one end of an array.',
  keywords: ['offset', 'skip'],
  documentation: `
A positive count removes from the beginning, a negative one from the end, and 0 removes nothing. Dropping more than there is
leaves an empty array. A published example drops an item for a count of 0, against its own description; here 0 is none.`,
  fields: {
    array: array({ label: 'Array' }),
    count: integer({ label: 'Count', help: 'A negative number drops from the end.' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, 2, 3], count: 2 }, gives: [3] },
    { given: { array: [1, 2, 3], count: -1 }, gives: [1, 2] },
    { given: { array: [1, 2, 3], count: 0 }, gives: [1, 2, 3] },
    { given: { array: [1], count: 5 }, gives: [] },
    { given: { array: [1], count: '1' }, fails: 'input-invalid' },
  ],
  run: ({ array, count }) => (count < 0 ? array.slice(0, count) : array.slice(count)),
});
