import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-integer',
  title: 'Is integer',
  summary: 'Tells whether a value is a whole number.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 10 }, gives: true },
    { given: { value: 10.1 }, gives: false },
    { given: { value: '10' }, gives: false },
  ],
  run: ({ value }) => Number.isInteger(value),
});
