import { defineAction, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/is-empty',
  title: 'Is empty',
  summary: 'Tells whether an object has no keys.',
  documentation:
    'An object whose values are all null has keys and is not empty. What is no object fails, null included.',
  fields: { object: object({ label: 'Object' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { object: {} }, gives: true },
    { given: { object: { a: null } }, gives: false },
    { given: { object: null }, fails: 'input-invalid' },
  ],
  run: ({ object }) => Object.keys(object).length === 0,
});
