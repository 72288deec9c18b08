import { array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/first',
  title: 'First',
  summary: 'Gives the first item of an array.',
  documentation: `
An empty array has none and gives null, which a first item that is null gives too; \`array/is-empty\` tells them apart.`,
  fields: { array: array({ label: 'Array' }) },
  output: {},
  examples: [
    { given: { array: ['red', 'green'] }, gives: 'red' },
    { given: { array: [[1], 2] }, gives: [1] },
    { given: { array: [] }, gives: null },
    { given: { array: 'red' }, fails: 'input-invalid' },
  ],
  run: ({ array }) => array[0] ?? null,
});
