import { any, array, defineAction } from '../kit/index.ts';
import { indexOfEqual } from '../support/distinct.ts';

export default defineAction({
  id: 'array/is-member',
  title: 'Is member',
  summary: 'Tells whether an array has an item that equals a value.',
  keywords: ['contains', 'exists', 'includes'],
  documentation: `
Arrays and objects are equal when everything in them is, in any order of keys. 1 and 1.0 are the same number; 1 and "1" are
not equal. Only the array's own items are looked at, not what is inside of them.`,
  fields: { array: array({ label: 'Array' }), element: any({ label: 'Element', help: 'What to look for.' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { array: ['admin', 'editor'], element: 'editor' }, gives: true },
    { given: { array: [{ a: 1, b: [2] }], element: { b: [2], a: 1 } }, gives: true },
    { given: { array: [1, 2], element: '1' }, gives: false },
    { given: { array: [[1]], element: 1 }, gives: false },
    { given: { array: 'admin', element: 'a' }, fails: 'input-invalid' },
  ],
  run: ({ array, element }) => indexOfEqual(array, element, 'array') >= 0,
});
