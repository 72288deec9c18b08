import { any, defineAction, isPlainObject } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-object',
  title: 'Is object',
  summary: 'Tells whether a value is an object.',
  documentation: `
Arrays, binary data and dates are no objects, nor is null. An object without keys is one. What a reference could not
find is null and gives false.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: { a: 1 } }, gives: true },
    { given: { value: [1] }, gives: false },
    { given: { value: null }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => isPlainObject(value),
});
