import { array, defineAction, integer } from '../kit/index.ts';
import { drawItems } from './draw.ts';

export default defineAction({
  id: 'array/take-random',
  title: 'Take random',
  summary: 'Picks so many items of an array at random.',
  documentation: `
No item is picked twice, though equal items may come. They are given in random order; a count of the array's length or more
gives all of them, shuffled. The choice is recorded with the run, so that a replay picks the same.`,
  fields: { array: array({ label: 'Array' }), count: integer({ label: 'Count', minimum: 0 }) },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'a', 'a'], count: 2 }, gives: ['a', 'a'] },
    { given: { array: [4], count: 9 }, gives: [4] },
    { given: { array: [1, 2, 3], count: 0 }, gives: [] },
    { given: { array: [1, 2, 3], count: -1 }, fails: 'input-invalid' },
  ],
  run: ({ array, count }, { host }) => drawItems(array, count, () => host.random()),
});
