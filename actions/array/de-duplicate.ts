import { array, defineAction } from '../kit/index.ts';
import { openIdentities } from '../support/distinct.ts';

export default defineAction({
  id: 'array/de-duplicate',
  title: 'De-duplicate',
  summary: 'Collapses runs of equal neighbours in an array into one item.',
  keywords: ['dedupe', 'distinct'],
  documentation: `
Only neighbours are compared, so that a value may come again further on: this is for things like repeated readings.
\`array/unique\` removes all repetitions. Arrays and objects are equal when everything in them is, in any order of keys. 1 and
"1" are not equal.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, 1, 2, 1] }, gives: [1, 2, 1] },
    {
      given: {
        array: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
      gives: [{ a: 1, b: 2 }],
    },
    { given: { array: [1, '1', true, null, null] }, gives: [1, '1', true, null] },
    { given: { array: [] }, gives: [] },
    { given: { array: 'aab' }, fails: 'input-invalid' },
  ],
  run: ({ array }) => {
    const identify = openIdentities('array');
    let last: unknown;
    const kept = array.filter((item) => {
      const identity = identify(item);
      // NaN is the only value that is not itself.
      const repeats = identity === last || (Number.isNaN(identity) && Number.isNaN(last));
      last = identity;
      return !repeats;
    });
    return kept.length === array.length ? array : kept;
  },
});
