import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/split',
  title: 'Split',
  summary: 'Splits an array into two after so many items.',
  documentation: `
The result is \`[first items, other items]\`. A negative count counts from the end, so that -1 leaves the last item in the
second array. A count beyond an end leaves one of the two empty. For more than two pieces see \`array/chunk\`, for a condition
\`array/partition\`.`,
  fields: {
    array: array({ label: 'Array' }),
    count: integer({ label: 'Count', help: 'A negative number counts from the end.' }),
  },
  output: { type: 'array', items: { type: 'array' } },
  examples: [
    { given: { array: ['a', 'b', 'c'], count: 1 }, gives: [['a'], ['b', 'c']] },
    { given: { array: ['a', 'b', 'c'], count: -1 }, gives: [['a', 'b'], ['c']] },
    { given: { array: [1], count: 5 }, gives: [[1], []] },
    { given: { array: [1], count: -5 }, gives: [[], [1]] },
    { given: { array: [1], count: 0.5 }, fails: 'input-invalid' },
  ],
  run: ({ array, count }) => [
    array.slice(0, count),
    array.slice(count < 0 ? Math.max(array.length + count, 0) : count),
  ],
});
