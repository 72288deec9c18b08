import { defineAction, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/count',
  title: 'Count',
  summary: 'Gives the number of keys of an object.',
  documentation: `
Keys whose values are null count as well; the keys of objects inside do not. For the items of an array see array/count.`,
  fields: { object: object({ label: 'Object' }) },
  output: { type: 'integer' },
  examples: [
    { given: { object: { a: null, b: { c: 1, d: 2 } } }, gives: 2 },
    { given: { object: {} }, gives: 0 },
    { given: { object: [1, 2] }, fails: 'input-invalid' },
  ],
  run: ({ object }) => Object.keys(object).length,
});
