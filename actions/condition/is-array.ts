import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-array',
  title: 'Is array',
  summary: 'Tells whether a value is an array.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: [1] }, gives: true },
    { given: { value: {} }, gives: false },
    { given: { value: '[]' }, gives: false },
  ],
  run: ({ value }) => Array.isArray(value),
});
