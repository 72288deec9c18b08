import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-array',
  title: 'Is array',
  summary: 'Tells whether a value is an array.',
  documentation: `
Objects with numbered keys, texts and binary data are no arrays. What a reference could not find is null, and that is
none either, so the action never fails. An array without items is one; \`condition/is-non-empty-list\` wants at least
one item.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: [1] }, gives: true },
    { given: { value: {} }, gives: false },
    { given: { value: '[]' }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => Array.isArray(value),
});
