import { any, defineAction, isEqual } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-equal-to',
  title: 'Is equal to',
  summary: 'Tells whether two values are equal.',
  keywords: ['compare', 'equals', 'same'],
  documentation: `
Arrays and objects are compared by what they hold; the order of keys does not matter, that of items does. Values of
different types are never equal: the text "1" is not the number 1. 1 and 1.0 are the same number. Binary data equals
binary data with the same bytes, a date a date of the same moment, and what a reference could not find equals null.`,
  fields: {
    value: any({ label: 'Value' }),
    target: any({ label: 'Target', help: 'What the value is compared with.' }),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 1, target: 1.0 }, gives: true },
    { given: { value: { a: [1], b: null }, target: { b: null, a: [1] } }, gives: true },
    { given: { value: '1', target: 1 }, gives: false },
    { given: { value: [1, 2], target: [2, 1] }, gives: false },
    { given: { value: 1 }, fails: 'input-invalid', note: 'The target is missing; null has to be said.' },
  ],
  run: ({ value, target }) => isEqual(value, target),
});
