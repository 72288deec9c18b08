import { any, defineAction, isPlainObject } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-object',
  title: 'Is object',
  summary: 'Tells whether a value is an object.',
  documentation: 'Arrays, binary data and dates are no objects.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: { a: 1 } }, gives: true },
    { given: { value: [1] }, gives: false },
    { given: { value: null }, gives: false },
  ],
  run: ({ value }) => isPlainObject(value),
});
