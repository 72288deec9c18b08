import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-boolean',
  title: 'Is boolean',
  summary: 'Tells whether a value is true or false.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: false }, gives: true },
    { given: { value: 'true' }, gives: false },
    { given: { value: null }, gives: false },
  ],
  run: ({ value }) => typeof value === 'boolean',
});
