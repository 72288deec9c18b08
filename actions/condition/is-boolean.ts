import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-boolean',
  title: 'Is boolean',
  summary: 'Tells whether a value is true or false.',
  documentation: `
Only true and false are. The texts "true" and "false", the numbers 0 and 1 and null are not, though some formats write
booleans that way. What a reference could not find is null and gives false.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: false }, gives: true },
    { given: { value: 'true' }, gives: false },
    { given: { value: null }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => typeof value === 'boolean',
});
