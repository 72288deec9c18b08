import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-number',
  title: 'Is number',
  summary: 'Tells whether a value is a number.',
  documentation: `
Numbers with and without a fraction are; JSON knows no others. A text of digits is none, whatever it looks like. What a
reference could not find is null and gives false.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 10 }, gives: true },
    { given: { value: 10.1 }, gives: true },
    { given: { value: '10' }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => Number.isFinite(value),
});
