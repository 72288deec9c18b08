import { array, defineAction, integer, optional } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'array/sliding-window',
  title: 'Sliding window',
  summary: 'Gives every run of so many neighbours in an array.',
  documentation: `
Each window begins \`step\` items after the one before, the next item by default. There are only full windows: an array that
is shorter than the count has none, and items at the end that fill no window are left out. \`array/chunk\` keeps such a rest.
All windows together may have 1,000,000 items.`,
  fields: {
    array: array({ label: 'Array' }),
    count: integer({ label: 'Count', help: 'Items in each window.', minimum: 1 }),
    step: optional(integer({ label: 'Step', help: 'Items from one beginning to the next.', minimum: 1 }), 1),
  },
  output: { type: 'array', items: { type: 'array' } },
  examples: [
    {
      given: { array: [12, 15, 11, 18], count: 2 },
      gives: [
        [12, 15],
        [15, 11],
        [11, 18],
      ],
    },
    {
      given: { array: [1, 2, 3, 4, 5, 6], count: 3, step: 2 },
      gives: [
        [1, 2, 3],
        [3, 4, 5],
      ],
    },
    { given: { array: [1, 2], count: 3 }, gives: [] },
    { given: { array: [1, 2], count: 1, step: 0 }, fails: 'input-invalid' },
  ],
  run: ({ array, count, step }) => {
    if (array.length < count) return [];
    const windows = Math.floor((array.length - count) / step) + 1;
    if (step < count && windows > 1) checkTotal(windows * count, 'count');
    return Array.from({ length: windows }, (_, index) => array.slice(index * step, index * step + count));
  },
});
