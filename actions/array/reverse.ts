import { array, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/reverse',
  title: 'Reverse',
  summary: 'Reverses the order of the items of an array.',
  documentation: `
Only the array itself is reversed, not the arrays inside. For a part of it see \`array/reverse-slice\`, for texts
\`string/reverse\`.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'b', 'c'] }, gives: ['c', 'b', 'a'] },
    { given: { array: [[1, 2], 3] }, gives: [3, [1, 2]] },
    { given: { array: [] }, gives: [] },
    { given: { array: 'abc' }, fails: 'input-invalid' },
  ],
  run: ({ array }) => array.toReversed(),
});
