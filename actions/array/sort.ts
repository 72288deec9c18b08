import { array, defineAction } from '../kit/index.ts';
import { openOrder } from '../support/order.ts';

export default defineAction({
  id: 'array/sort',
  title: 'Sort',
  summary: 'Sorts an array in ascending order.',
  documentation: `
Numbers are compared as numbers and texts by code points, so that "10" comes before "9" and "Z" before "a". Different kinds of
values are ordered as numbers, false, null, true, dates, objects, arrays, texts, binary data, after Erlang's order of terms.
Objects with fewer keys come first, then those with the smaller keys, then those with the smaller values; arrays are compared
item by item. Equal items keep their order. For other orders, languages and keys of items see \`array/sort-by\`.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: [10, 9, 2.5, -1] }, gives: [-1, 2.5, 9, 10] },
    { given: { array: ['b', 'B', 'a', '10', '9'] }, gives: ['10', '9', 'B', 'a', 'b'] },
    {
      given: { array: ['x', null, 3, true, [1], { a: 1 }, false] },
      gives: [3, false, null, true, { a: 1 }, [1], 'x'],
    },
    { given: { array: [[2], [1, 5], [1]] }, gives: [[1], [1, 5], [2]] },
    { given: { array: { b: 1, a: 2 } }, fails: 'input-invalid' },
  ],
  run: ({ array }) =>
    array.every((item) => typeof item === 'number')
      ? Array.from(Float64Array.from(array).sort())
      : array.toSorted(openOrder('array')),
});
