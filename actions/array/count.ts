import { array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/count',
  title: 'Count',
  summary: 'Gives the number of items of an array.',
  keywords: ['length', 'size'],
  documentation: `
Null items count like any other, and an array inside counts as one item. For the keys of an object see object/count.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'integer' },
  examples: [
    { given: { array: ['hello', 1, null] }, gives: 3 },
    { given: { array: [[1, 2], [3]] }, gives: 2 },
    { given: { array: [] }, gives: 0 },
    { given: { array: 'hello' }, fails: 'input-invalid' },
  ],
  run: ({ array }) => array.length,
});
