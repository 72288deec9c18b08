import { array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/count',
  title: 'Count',
  summary: 'Gives the number of items of an array.',
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'integer' },
  examples: [
    { given: { array: ['hello', 1, null] }, gives: 3 },
    { given: { array: [] }, gives: 0 },
    { given: { array: 'hello' }, fails: 'input-invalid' },
  ],
  run: ({ array }) => array.length,
});
