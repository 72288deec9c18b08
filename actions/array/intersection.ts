import { array, defineAction } from '../kit/index.ts';
import { openIdentities } from '../support/distinct.ts';

export default defineAction({
  id: 'array/intersection',
  title: 'Intersection',
  summary: 'Gives the items that are in both of two arrays.',
  documentation: `
Each is given once, in the order of the first array. Arrays and objects are equal when everything in them is; 1 and "1" are
not. The time it takes grows with the number of items, not with its square.`,
  fields: { array: array({ label: 'Array' }), with: array({ label: 'With' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: ['b', 'a', 'c'], with: ['a', 'b'] }, gives: ['b', 'a'] },
    { given: { array: [1, 1, 2], with: [1] }, gives: [1] },
    { given: { array: [{ id: 1 }, { id: 2 }], with: [{ id: 2 }] }, gives: [{ id: 2 }] },
    { given: { array: [1], with: ['1'] }, gives: [] },
    { given: { array: [1], with: null }, fails: 'input-invalid' },
  ],
  run: ({ array, with: other }) => {
    const identify = openIdentities('array');
    const wanted = new Set(other.map(identify));
    // What is given is no longer wanted, so that it comes only once.
    return array.filter((item) => wanted.delete(identify(item)));
  },
});
