import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-float',
  title: 'Is float',
  summary: 'Tells whether a value is a number with a fraction.',
  documentation: '10.0 is the same number as 10 and has no fraction.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 10.1 }, gives: true },
    { given: { value: 10 }, gives: false },
    { given: { value: '10.1' }, gives: false },
  ],
  run: ({ value }) => Number.isFinite(value) && !Number.isInteger(value),
});
