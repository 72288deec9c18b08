import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-string',
  title: 'Is string',
  summary: 'Tells whether a value is a text.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: '' }, gives: true },
    { given: { value: 10 }, gives: false },
    { given: { value: null }, gives: false },
  ],
  run: ({ value }) => typeof value === 'string',
});
