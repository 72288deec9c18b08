import { defineAction, number } from '../kit/index.ts';

export default defineAction({
  id: 'float/smaller',
  title: 'Smaller',
  summary: 'Gives the smaller of two numbers.',
  documentation: `
Whole numbers are taken too. Zero never has a sign. \`data/smaller\` also compares texts, and \`array/minimum-maximum\` looks
through an array.`,
  fields: { 'float 1': number({ label: 'Float 1' }), 'float 2': number({ label: 'Float 2' }) },
  output: { type: 'number' },
  examples: [
    { given: { 'float 1': 1.5, 'float 2': 2.25 }, gives: 1.5 },
    { given: { 'float 1': 1.5, 'float 2': -1.5 }, gives: -1.5 },
    { given: { 'float 1': 1.5, 'float 2': 1.5 }, gives: 1.5 },
    { given: { 'float 1': 1.5, 'float 2': '2' }, fails: 'input-invalid' },
  ],
  run: ({ 'float 1': first, 'float 2': second }) => Math.min(first, second) + 0,
});
