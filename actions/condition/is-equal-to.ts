import { any, defineAction, isEqual } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-equal-to',
  title: 'Is equal to',
  summary: 'Tells whether two values are equal.',
  documentation:
    'Arrays and objects are compared by what they hold; the order of keys does not matter. Values of different types are never equal: the ' +
    'text "1" is not the number 1. 1 and 1.0 are the same number.',
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
  ],
  run: ({ value, target }) => isEqual(value, target),
});
