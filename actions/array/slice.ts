import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/slice',
  title: 'Slice',
  summary: 'Gives so many items of an array from a position on.',
  documentation: `
The first item is at 0, and a negative index counts from the end. When there are fewer items than asked for, those there are
are given. Where there is no item at the index the result is empty, before the beginning too: newer releases of Elixir's
Enum.slice start at the first item there, older ones and this action do not.`,
  fields: {
    array: array({ label: 'Array' }),
    index: integer({ label: 'Index', help: 'From 0; a negative number counts from the end.' }),
    count: integer({ label: 'Count', help: 'Items to give.', minimum: 0 }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'b', 'c', 'd'], index: 1, count: 2 }, gives: ['b', 'c'] },
    { given: { array: ['a', 'b', 'c', 'd'], index: -2, count: 5 }, gives: ['c', 'd'] },
    { given: { array: [1, 2], index: 2, count: 1 }, gives: [] },
    { given: { array: [1, 2], index: -3, count: 2 }, gives: [] },
    { given: { array: [1, 2], index: 0, count: -1 }, fails: 'input-invalid' },
  ],
  run: ({ array, index, count }) => {
    const start = index < 0 ? array.length + index : index;
    return start < 0 ? [] : array.slice(start, start + count);
  },
});
