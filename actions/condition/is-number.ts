import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-number',
  title: 'Is number',
  summary: 'Tells whether a value is a number.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 10 }, gives: true },
    { given: { value: 10.1 }, gives: true },
    { given: { value: '10' }, gives: false },
  ],
  run: ({ value }) => Number.isFinite(value),
});
