import { array, defineAction } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'array/concatenate',
  title: 'Concatenate',
  summary: 'Joins two arrays into one.',
  keywords: ['append', 'extend', 'merge'],
  documentation: `
The items of the left one come first. Equal items stay, once for each time they occur: \`array/union\` is the action that
gives each once. The result may have 1,000,000 items.`,
  fields: {
    'array-left': array({ label: 'Left array' }),
    'array-right': array({ label: 'Right array' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { 'array-left': [1, 2], 'array-right': [2, 3] }, gives: [1, 2, 2, 3] },
    { given: { 'array-left': [], 'array-right': [[1]] }, gives: [[1]], note: 'Arrays inside stay as they are.' },
    { given: { 'array-left': [1], 'array-right': 2 }, fails: 'input-invalid' },
  ],
  run: ({ 'array-left': left, 'array-right': right }) => {
    checkTotal(left.length + right.length, 'array-right');
    return left.concat(right);
  },
});
