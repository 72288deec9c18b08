import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-string',
  title: 'Is string',
  summary: 'Tells whether a value is a text.',
  documentation: `
An empty text is one. Binary data is none, even when its bytes are those of a text; decode it first. Numbers and dates
are none before something makes a text of them.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: '' }, gives: true },
    { given: { value: 10 }, gives: false },
    { given: { value: null }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => typeof value === 'string',
});
