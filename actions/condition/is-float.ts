import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-float',
  title: 'Is float',
  summary: 'Tells whether a value is a number with a fraction.',
  documentation: `
10.0 is the same number as 10 and has no fraction: JSON does not tell them apart, other than Elixir, where the original
of this action finds a float. Texts of digits are no numbers.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 10.1 }, gives: true },
    { given: { value: 10 }, gives: false },
    { given: { value: '10.1' }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => Number.isFinite(value) && !Number.isInteger(value),
});
