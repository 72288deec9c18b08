import { defineAction, number } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-less-than-or-equal-to',
  title: 'Is less than or equal to',
  summary: 'Tells whether a number is less than or equal to another.',
  keywords: ['at most', 'lte', 'smaller'],
  documentation: `
Both must be numbers; a text of digits is refused and not compared by its letters. Numbers are IEEE 754 doubles, and 1
equals 1.0. In an expression, \`{"$op": "less-than-or-equal", "of": […]}\` does the same and takes texts as well.`,
  fields: {
    value: number({ label: 'Value' }),
    target: number({ label: 'Target', help: 'What the value is compared with.' }),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { value: 2, target: 1 }, gives: false },
    { given: { value: 1.5, target: 1.5 }, gives: true },
    { given: { value: -1, target: 0 }, gives: true },
    { given: { value: '2', target: 1 }, fails: 'input-invalid' },
  ],
  run: ({ value, target }) => value <= target,
});
