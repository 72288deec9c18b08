import { defineAction, number } from '../kit/index.ts';

export default defineAction({
  id: 'condition/is-larger-than',
  title: 'Is larger than',
  summary: 'Tells whether a number is larger than another.',
  keywords: ['compare', 'greater', 'gt'],
  documentation: `
Both must be numbers; a text of digits is refused and not compared by its letters. Numbers are IEEE 754 doubles, so 0.1
+ 0.2 is larger than 0.3. In an expression, \`{"$op": "greater-than", "of": […]}\` does the same and takes texts as
well.`,
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
