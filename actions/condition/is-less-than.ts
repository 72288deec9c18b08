import { defineAction, number } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-less-than',
  title: 'Is less than',
  summary: 'Tells whether a number is less than another.',
  keywords: ['compare', 'lt', 'smaller'],
  documentation: `
Both must be numbers; a text of digits is refused and not compared by its letters. Numbers are IEEE 754 doubles, so 0.3
is less than 0.1 + 0.2. In an expression, \`{"$op": "less-than", "of": […]}\` does the same and takes texts as well.`,
  fields: {
    value: number({ label: 'Value' }),
    target: number({ label: 'Target', help: 'What the value is compared with.' }),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 2, target: 1 }, gives: false },
    { given: { value: 1.5, target: 1.5 }, gives: false },
    { given: { value: -1, target: 0 }, gives: true },
    { given: { value: '2', target: 1 }, fails: 'input-invalid' },
  ],
  run: ({ value, target }) => value < target,
});
