import { array, defineAction, listOf, oneOf, optional } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'array/zip',
  title: 'Zip',
  summary: 'Puts the first items of several arrays together, then the second ones, and so on.',
  documentation: `
The result ends with the shortest array, or with the longest and null for what others lack. It also turns rows into columns,
and zipping the result again gives back what there was: there is no other action for unzipping. Pairs of keys and values
become an object with \`array/to-object\`. The result may have 1,000,000 items in all.`,
  fields: {
    arrays: listOf(array(), { label: 'Arrays' }),
    length: optional(
      oneOf(['shortest', 'longest'], { label: 'Length', help: 'Which array says where to end.' }),
      'shortest',
    ),
  },
  output: { type: 'array', items: { type: 'array' } },
  examples: [
    {
      given: {
        arrays: [
          ['a', 'b'],
          [1, 2],
        ],
      },
      gives: [
        ['a', 1],
        ['b', 2],
      ],
    },
    {
      given: {
        arrays: [
          ['a', 1],
          ['b', 2],
          ['c', 3],
        ],
      },
      gives: [
        ['a', 'b', 'c'],
        [1, 2, 3],
      ],
    },
    { given: { arrays: [[1, 2, 3], ['x']] }, gives: [[1, 'x']] },
    {
      given: { arrays: [[1, 2], ['x']], length: 'longest' },
      gives: [
        [1, 'x'],
        [2, null],
      ],
    },
    { given: { arrays: [] }, gives: [] },
    { given: { arrays: [[1], 2] }, fails: 'input-invalid' },
  ],
  run: ({ arrays, length }) => {
    if (arrays.length === 0) return [];
    let count = (arrays[0] as unknown[]).length;
    for (const { length: other } of arrays)
      count = length === 'longest' ? Math.max(count, other) : Math.min(count, other);
    checkTotal(count * arrays.length, 'arrays');
    return Array.from({ length: count }, (_, index) => arrays.map((one) => one[index] ?? null));
  },
});
