import { array, defineAction } from '../kit/index.ts';
import { extremesOf } from './extremes.ts';

export default defineAction({
  id: 'array/minimum-maximum',
  title: 'Minimum and maximum',
  summary: 'Gives the smallest and the largest number of an array as a pair.',
  documentation: `
The pair is \`[smallest, largest]\`, and both are the same when there is one item. As for \`array/minimum\`, an array of texts
works as well, and mixed ones, null, and an empty array fail.`,
  fields: { array: array({ label: 'Array', help: 'Numbers, or texts.' }) },
  output: { type: 'array', items: { type: ['number', 'string'] } },
  examples: [
    { given: { array: [3, 12, -5] }, gives: [-5, 12] },
    { given: { array: [0.5] }, gives: [0.5, 0.5] },
    { given: { array: [true] }, fails: 'input-invalid' },
    { given: { array: [] }, fails: 'input-invalid' },
  ],
  run: ({ array }) => extremesOf(array, 'array'),
});
