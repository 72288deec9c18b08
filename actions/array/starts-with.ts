import { array, defineAction } from '../kit/index.ts';
import { openIdentities } from '../support/distinct.ts';

export default defineAction({
  id: 'array/starts-with',
  title: 'Starts with',
  summary: 'Tells whether an array begins with the items of another one.',
  documentation: `
Every array begins with the empty one and with itself. Arrays and objects are equal when everything in them is, in any order
of keys. For the beginning of a text see \`string/starts-with\`.`,
  fields: { array: array({ label: 'Array' }), value: array({ label: 'Beginning', help: 'The items expected first.' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { array: ['api', 'v1', 'orders'], value: ['api', 'v1'] }, gives: true },
    { given: { array: [1, 2], value: [2] }, gives: false },
    { given: { array: [], value: [] }, gives: true },
    { given: { array: [[1, 2]], value: [[1]] }, gives: false },
    { given: { array: [1], value: 1 }, fails: 'input-invalid' },
  ],
  run: ({ array, value }) => {
    if (value.length > array.length) return false;
    const identify = openIdentities('array');
    const expected = new Set<unknown>();
    return value.every((item, index) => {
      // A set compares as wanted here, NaN with NaN too.
      expected.clear();
      return expected.add(identify(item)).has(identify(array[index]));
    });
  },
});
