import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-non-empty-list',
  title: 'Is non-empty list',
  summary: 'Tells whether a value is an array with at least one item.',
  documentation: 'Anything but an array gives false; it does not fail.',
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { value: [null] }, gives: true },
    { given: { value: [] }, gives: false },
    { given: { value: 'text' }, gives: false },
  ],
  run: ({ value }) => Array.isArray(value) && value.length > 0,
});
