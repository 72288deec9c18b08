import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/take',
  title: 'Take',
  summary: 'Keeps items from one end of an array.',
  keywords: ['head', 'limit', 'tail', 'top'],
  documentation: `
A positive count takes from the beginning, a negative one from the end; the order stays. When there are fewer items than asked
for, all of them are given. \`array/drop\` keeps what this one leaves, and \`array/split\` gives both.`,
  fields: {
    array: array({ label: 'Array' }),
    count: integer({ label: 'Count', help: 'A negative number takes from the end.' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, 2, 3], count: 2 }, gives: [1, 2] },
    { given: { array: [1, 2, 3], count: -1 }, gives: [3] },
    { given: { array: [1, 2, 3], count: 0 }, gives: [] },
    { given: { array: [1], count: 5 }, gives: [1] },
    { given: { array: [1], count: 0.5 }, fails: 'input-invalid' },
  ],
  run: ({ array, count }) => (count < 0 ? array.slice(count) : array.slice(0, count)),
});
