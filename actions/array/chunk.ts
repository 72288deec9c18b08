import { array, defineAction, integer, optional } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'array/chunk',
  title: 'Chunk',
  summary: 'Cuts an array into pieces of the same number of items.',
  keywords: ['batch'],
  documentation: `
A piece begins every \`step\` items, so that pieces overlap when the step is smaller than the count, and items between them
are left out when it is larger. Without a step the pieces follow one another. The first piece that is too short is the last:
it is filled up from \`leftover\` as far as that goes, and stays short otherwise, as Elixir's Enum.chunk_every has it. Where
only full pieces are wanted, use \`array/sliding-window\`. All pieces together may have 1,000,000 items.`,
  fields: {
    array: array({ label: 'Array' }),
    count: integer({ label: 'Count', help: 'Items in each piece.', minimum: 1 }),
    step: optional(
      integer({ label: 'Step', help: 'Items from one beginning to the next; the count by default.', minimum: 1 }),
    ),
    leftover: optional(array({ label: 'Leftover', help: 'Fills up a last piece that is too short.' }), []),
  },
  output: { type: 'array', items: { type: 'array' } },
  examples: [
    { given: { array: [1, 2, 3, 4, 5], count: 2 }, gives: [[1, 2], [3, 4], [5]] },
    {
      given: { array: ['a', 'b', 'c', 'd'], count: 3, step: 3, leftover: ['x', 'y', 'z'] },
      gives: [
        ['a', 'b', 'c'],
        ['d', 'x', 'y'],
      ],
    },
    {
      given: { array: [1, 2, 3, 4, 5, 6], count: 2, step: 3 },
      gives: [
        [1, 2],
        [4, 5],
      ],
    },
    {
      given: { array: [1, 2, 3], count: 2, step: 1 },
      gives: [[1, 2], [2, 3], [3]],
      note: 'The step reaches the last item, and a piece begins there.',
    },
    { given: { array: [], count: 2 }, gives: [] },
    { given: { array: [1, 2], count: 0 }, fails: 'input-invalid' },
  ],
  run: ({ array, count, step = count, leftover }) => {
    const full = array.length < count ? 0 : Math.floor((array.length - count) / step) + 1;
    // Pieces that do not overlap hold no more than there is.
    if (step < count && full > 1) checkTotal(full * count, 'count');
    const chunks: unknown[][] = [];
    for (let start = 0; start < array.length; start += step) {
      const chunk = array.slice(start, start + count);
      if (chunk.length === count) {
        chunks.push(chunk);
        continue;
      }
      chunks.push(chunk.concat(leftover.slice(0, count - chunk.length)));
      break;
    }
    return chunks;
  },
});
