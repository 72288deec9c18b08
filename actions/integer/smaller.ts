import { defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'integer/smaller',
  title: 'Smaller',
  summary: 'Gives the smaller of two whole numbers.',
  documentation: `
Numbers with a fraction fail, as do those beyond 9007199254740991, which are not exact any more. \`data/smaller\` also compares
texts, and \`array/minimum-maximum\` looks through an array.`,
  fields: { 'integer 1': integer({ label: 'Integer 1' }), 'integer 2': integer({ label: 'Integer 2' }) },
  output: { type: 'integer' },
  examples: [
    { given: { 'integer 1': 3, 'integer 2': 12 }, gives: 3 },
    { given: { 'integer 1': 3, 'integer 2': -3 }, gives: -3 },
    { given: { 'integer 1': 3, 'integer 2': 3 }, gives: 3 },
    { given: { 'integer 1': 3, 'integer 2': 1.5 }, fails: 'input-invalid' },
  ],
  run: ({ 'integer 1': first, 'integer 2': second }) => Math.min(first, second) + 0,
});
