import { any, array, defineAction } from '../kit/index.ts';
import { indexOfEqual } from '../support/distinct.ts';

export default defineAction({
  id: 'array/delete',
  title: 'Delete',
  summary: 'Removes the first item that equals a value from an array.',
  documentation: `
Later items that are equal stay; \`array/not-in\` removes all of them. Where no item is equal, the array comes back as it is.
Arrays and objects are equal when everything in them is.`,
  fields: {
    array: array({ label: 'Array' }),
    element: any({ label: 'Element', help: 'What to remove.' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: ['red', 'green', 'blue'], element: 'green' }, gives: ['red', 'blue'] },
    { given: { array: [1, 2, 1], element: 1 }, gives: [2, 1] },
    { given: { array: [{ id: 1 }, { id: 2 }], element: { id: 2 } }, gives: [{ id: 1 }] },
    { given: { array: [1, 2], element: '1' }, gives: [1, 2], note: 'A text is not equal to a number.' },
    { given: { array: { a: 1 }, element: 1 }, fails: 'input-invalid' },
  ],
  run: ({ array, element }) => {
    const index = indexOfEqual(array, element, 'array');
    return index < 0 ? array : array.toSpliced(index, 1);
  },
});
