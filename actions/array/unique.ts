import { array, defineAction } from '../kit/index.ts';
import { withoutRepeats } from '../support/distinct.ts';

export default defineAction({
  id: 'array/unique',
  title: 'Unique',
  summary: 'Removes all items of an array that equal an earlier one.',
  keywords: ['dedupe', 'distinct', 'duplicates'],
  documentation: `
The first of several equal items stays, in its place. Arrays and objects are equal when everything in them is, in any order of
keys; 1 and "1" are not. The time it takes grows with the size of the data, not with its square. For one key of objects see
\`array/unique-by\`, for neighbours only \`array/de-duplicate\`.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: ['b', 'a', 'b'] }, gives: ['b', 'a'] },
    {
      given: {
        array: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
      gives: [{ a: 1, b: 2 }],
    },
    { given: { array: [1, '1', true, null, 'true'] }, gives: [1, '1', true, null, 'true'] },
    { given: { array: [] }, gives: [] },
    { given: { array: 'aab' }, fails: 'input-invalid' },
  ],
  run: ({ array }) => withoutRepeats(array, 'array'),
});
