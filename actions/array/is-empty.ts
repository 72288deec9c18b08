import { array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/is-empty',
  title: 'Is empty',
  summary: 'Tells whether an array has no items.',
  documentation: `
An array that holds nothing but null is not empty. What is no array fails, null included: \`array/wrap\` makes an empty array
of it.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { array: [] }, gives: true },
    { given: { array: [null] }, gives: false },
    { given: { array: null }, fails: 'input-invalid' },
  ],
  run: ({ array }) => array.length === 0,
});
