import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-non-empty-string',
  title: 'Is non-empty string',
  summary: 'Tells whether a value is a text with at least one character.',
  documentation: `
Anything but a text gives false; it does not fail. White space counts, so " " is not empty; use \`string/trim\` before
where it should not. What a reference could not find is null and gives false.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: ' ' }, gives: true },
    { given: { value: '' }, gives: false },
    { given: { value: null }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => typeof value === 'string' && value.length > 0,
});
