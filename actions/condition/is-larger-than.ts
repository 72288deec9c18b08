import { defineAction, number } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-larger-than',
  title: 'Is larger than',
  summary: 'Tells whether a number is larger than another.',
  fields: {
    value: number({ label: 'Value' }),
    target: number({ label: 'Target', help: 'What the value is compared with.' }),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 2, target: 1 }, gives: true },
    { given: { value: 1.5, target: 1.5 }, gives: false },
    { given: { value: -1, target: 0 }, gives: false },
    { given: { value: '2', target: 1 }, fails: 'input-invalid' },
  ],
  run: ({ value, target }) => value > target,
});
