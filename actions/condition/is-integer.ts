import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-integer',
  title: 'Is integer',
  summary: 'Tells whether a value is a whole number.',
  documentation: `
A number without a fraction is whole however it was written: 10.0 and 1e3 are. Whole numbers beyond ±(2⁵³ − 1) are as
well, though their last digits may be lost. Texts of digits are no numbers; \`string/to-integer\` reads them.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 10 }, gives: true },
    { given: { value: 10.1 }, gives: false },
    { given: { value: '10' }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => Number.isInteger(value),
});
