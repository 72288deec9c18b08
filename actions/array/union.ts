import { array, defineAction } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { withoutRepeats } from '../support/distinct.ts';

export default defineAction({
  id: 'array/union',
  title: 'Union',
  summary: 'Gives the items that are in one of two arrays or in both, each once.',
  documentation: `
The order is that in which they occur first, in the first array and then in the second. Repetitions inside of one array go as
well. Arrays and objects are equal when everything in them is; 1 and "1" are not. Both arrays together may have 1,000,000
items.`,
  fields: { array: array({ label: 'Array' }), with: array({ label: 'With' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: ['b', 'a'], with: ['a', 'c'] }, gives: ['b', 'a', 'c'] },
    { given: { array: [1, 1], with: [1] }, gives: [1] },
    { given: { array: [{ id: 1 }], with: [{ id: 1 }, { id: '1' }] }, gives: [{ id: 1 }, { id: '1' }] },
    { given: { array: [], with: [] }, gives: [] },
    { given: { array: [1], with: 2 }, fails: 'input-invalid' },
  ],
  run: ({ array, with: other }) => {
    checkTotal(array.length + other.length, 'with');
    return withoutRepeats(array.concat(other), 'array');
  },
});
