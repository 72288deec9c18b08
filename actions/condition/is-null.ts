import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-null',
  title: 'Is null',
  summary: 'Tells whether a value is null.',
  keywords: ['empty', 'exists', 'missing', 'nil', 'undefined'],
  documentation: `
What a reference could not find is null too: a key that is missing and a key that holds null are the same here. Use
\`object/has-key\` to tell them apart. 0, false, an empty text and an empty array are not null.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: null }, gives: true },
    { given: { value: 0 }, gives: false },
    { given: { value: '' }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => value === null,
});
