import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-non-empty-list',
  title: 'Is non-empty list',
  summary: 'Tells whether a value is an array with at least one item.',
  documentation: `
An item that is null counts: an array of one null is not empty. Anything but an array gives false and does not fail,
texts, objects and null included.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: [null] }, gives: true },
    { given: { value: [] }, gives: false },
    { given: { value: 'text' }, gives: false },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => Array.isArray(value) && value.length > 0,
});
