import { array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/trim',
  title: 'Trim',
  summary: 'Removes every null from an array.',
  keywords: ['compact'],
  documentation: `
They are removed wherever they stand, not only at the ends. False, 0, empty texts and empty arrays stay, and arrays inside are
left alone.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: [null, 'a', null, 'b'] }, gives: ['a', 'b'] },
    { given: { array: [0, '', false, []] }, gives: [0, '', false, []] },
    { given: { array: [[null]] }, gives: [[null]] },
    { given: { array: null }, fails: 'input-invalid' },
  ],
  run: ({ array }) => array.filter((item) => item !== null && item !== undefined),
});
