import { array, defineAction } from '../kit/index.ts';
import { path, readPath } from '../support/path.ts';

export default defineAction({
  id: 'array/pluck',
  title: 'Pluck',
  summary: 'Replaces each item of an array by the value at a path inside of it.',
  keywords: ['column', 'select'],
  documentation: `
The result has as many items as the array; where the value is missing it is null, which \`array/trim\` removes. Only own keys
count. \`iteration/map\` does the same with steps, for what a path cannot say.`,
  fields: {
    array: array({ label: 'Array' }),
    path: path({
      label: 'Path',
      help: 'Key of the items (`a.b` is one), or a list of the keys and indexes that lead to the value.',
    }),
  },
  output: { type: 'array' },
  examples: [
    {
      given: {
        array: [
          { id: 1, n: 'a' },
          { id: 2, n: 'b' },
        ],
        path: 'id',
      },
      gives: [1, 2],
    },
    { given: { array: [{ at: { city: 'Ulm' } }, { at: null }, 7], path: ['at', 'city'] }, gives: ['Ulm', null, null] },
    { given: { array: [[1, 2, 3], [4]], path: -1 }, gives: [3, 4] },
    { given: { array: [{}], path: 'constructor' }, gives: [null] },
    { given: { array: [{ id: 1 }], path: { id: 1 } }, fails: 'input-invalid' },
  ],
  run: ({ array, path }) => array.map((item) => readPath(item, path)),
});
