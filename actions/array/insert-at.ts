import { any, array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/insert-at',
  title: 'Insert at',
  summary: 'Inserts a value at a position of an array.',
  documentation: `
The value stands at the index afterwards, and what was there moves on. A negative index counts from the end of the result, so
that -1 adds at the end. An index beyond an end means that end: nothing is filled up. Published examples for -1 contradict
each other; this follows Elixir's List.insert_at. An array is inserted as one item.`,
  fields: {
    array: array({ label: 'Array' }),
    index: integer({ label: 'Index', help: 'From 0; -1 is the end.' }),
    value: any({ label: 'Value' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'c'], index: 1, value: 'b' }, gives: ['a', 'b', 'c'] },
    { given: { array: [1, 2, 3], index: -1, value: 0 }, gives: [1, 2, 3, 0] },
    { given: { array: [1, 2, 3], index: -2, value: 0 }, gives: [1, 2, 0, 3] },
    { given: { array: [1, 2], index: 10, value: 0 }, gives: [1, 2, 0] },
    { given: { array: [1, 2], index: -10, value: 0 }, gives: [0, 1, 2] },
    { given: { array: [1, 2], index: null, value: 0 }, fails: 'input-invalid' },
  ],
  run: ({ array, index, value }) =>
    array.toSpliced(index < 0 ? Math.max(array.length + index + 1, 0) : index, 0, value),
});
