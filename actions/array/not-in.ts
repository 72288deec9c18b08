import { array, defineAction } from '../kit/index.ts';
import { openIdentities } from '../support/distinct.ts';

export default defineAction({
  id: 'array/not-in',
  title: 'Not in',
  summary: 'Gives the items of an array that another array does not have.',
  keywords: ['difference', 'except', 'subtract'],
  documentation: `
The order stays, and what occurs several times stays as often. One occurrence in \`in\` removes all equal items, unlike
Elixir's \`--\`, which removes one for each. Arrays and objects are equal when everything in them is; 1 and "1" are not.`,
  fields: { array: array({ label: 'Array' }), in: array({ label: 'In', help: 'What to leave out.' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'b', 'c'], in: ['b', 'x'] }, gives: ['a', 'c'] },
    { given: { array: [1, 1, 2, 2], in: [2] }, gives: [1, 1] },
    { given: { array: [{ id: 1 }, { id: 2 }], in: [{ id: 1 }] }, gives: [{ id: 2 }] },
    { given: { array: [1], in: [] }, gives: [1] },
    { given: { array: [1], in: 1 }, fails: 'input-invalid' },
  ],
  run: ({ array, in: excluded }) => {
    const identify = openIdentities('array');
    const unwanted = new Set(excluded.map(identify));
    return array.filter((item) => !unwanted.has(identify(item)));
  },
});
