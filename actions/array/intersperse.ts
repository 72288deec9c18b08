import { any, array, defineAction } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'array/intersperse',
  title: 'Intersperse',
  summary: 'Puts a value between every two items of an array.',
  documentation: `
Nothing is put before the first or after the last item. The result may have 1,000,000 items. For texts see \`array/join\`.`,
  fields: { array: array({ label: 'Array' }), element: any({ label: 'Element', help: 'What to put in between.' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'b', 'c'], element: '-' }, gives: ['a', '-', 'b', '-', 'c'] },
    { given: { array: [1, 2], element: [0] }, gives: [1, [0], 2] },
    { given: { array: [], element: 0 }, gives: [] },
    { given: { array: 'ab', element: '-' }, fails: 'input-invalid' },
  ],
  run: ({ array, element }) => {
    if (array.length < 2) return array;
    checkTotal(array.length * 2 - 1, 'array');
    const items: unknown[] = Array(array.length * 2 - 1).fill(element);
    for (let index = 0; index < array.length; index += 1) items[index * 2] = array[index];
    return items;
  },
});
