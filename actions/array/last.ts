import { array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/last',
  title: 'Last',
  summary: 'Gives the last item of an array.',
  documentation: `
An empty array has none and gives null, which a last item that is null gives too; \`array/is-empty\` tells them apart.`,
  fields: { array: array({ label: 'Array' }) },
  output: {},
  examples: [
    { given: { array: ['red', 'green'] }, gives: 'green' },
    { given: { array: [] }, gives: null },
    { given: { array: { length: 1 } }, fails: 'input-invalid' },
  ],
  run: ({ array }) => array.at(-1) ?? null,
});
