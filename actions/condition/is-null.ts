import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-null',
  title: 'Is null',
  summary: 'Tells whether a value is null.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: null }, gives: true },
    { given: { value: 0 }, gives: false },
    { given: { value: '' }, gives: false },
  ],
  run: ({ value }) => value === null,
});
