import { any, defineAction, integer } from '../kit/index.ts';
import { checkItems } from '../support/bounds.ts';

export default defineAction({
  id: 'array/duplicate',
  title: 'Duplicate',
  summary: 'Makes an array that holds one item so many times.',
  documentation: `
Useful as a beginning of a known length, such as twelve zeros for twelve months. An array given as the item is nested.`,
  fields: {
    item: any({ label: 'Item' }),
    count: integer({ label: 'Count', help: '0 to 1,000,000.', minimum: 0 }),
  },
  output: { type: 'array' },
  failures: { 'too-large': 'More than 1,000,000 items are asked for.' },
  examples: [
    { given: { item: 0, count: 3 }, gives: [0, 0, 0] },
    { given: { item: [1], count: 2 }, gives: [[1], [1]] },
    { given: { item: 'x', count: 0 }, gives: [] },
    { given: { item: 'x', count: -1 }, fails: 'input-invalid' },
    { given: { item: 'x', count: 1_000_001 }, fails: 'too-large' },
  ],
  run: ({ item, count }) => {
    checkItems(count, 'count');
    return Array(count).fill(item);
  },
});
