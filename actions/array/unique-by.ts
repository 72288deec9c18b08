import { array, defineAction } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { openIdentities } from '../support/distinct.ts';
import { byFields, eachValue } from './by.ts';

export default defineAction({
  id: 'array/unique-by',
  title: 'Unique by',
  summary: 'Keeps the first item of an array for each value of a key.',
  keywords: ['dedupe', 'distinct', 'duplicates'],
  documentation: `
The value is that at \`path\`, or what the steps of \`foreach\` give with the scope \`index\` and \`value\`. It may be
anything, and values are compared as they are: 1 and "1" are different, and arrays and objects are equal when everything in
them is. Of the items where it is missing only the first stays. To keep the last items, use \`array/reverse\` before and
after.`,
  fields: { array: array({ label: 'Array' }), ...byFields },
  output: { type: 'array' },
  examples: [
    {
      given: {
        array: [
          { id: 1, v: 'a' },
          { id: 2, v: 'b' },
          { id: 1, v: 'c' },
        ],
        path: 'id',
      },
      gives: [
        { id: 1, v: 'a' },
        { id: 2, v: 'b' },
      ],
    },
    { given: { array: [{ id: 1 }, { id: '1' }, {}, { id: null }], path: 'id' }, gives: [{ id: 1 }, { id: '1' }, {}] },
    {
      given: {
        array: ['Ann', 'Bob', 'ANN'],
        scope: 'user',
        foreach: {
          $do: { actions: [{ id: 'd', action: 'string/downcase', input: { string: { $ref: ['user', 'value'] } } }] },
        },
      },
      gives: ['Ann', 'Bob'],
    },
    { given: { array: [1], path: true }, fails: 'input-invalid' },
  ],
  run: ({ array, ...by }) => {
    const identify = openIdentities('array');
    const seen = new Set<unknown>();
    const kept: unknown[] = [];
    const done = eachValue(array, by, (value, index) => {
      const before = seen.size;
      if (seen.add(identify(value)).size > before) kept.push(array[index]);
    });
    return after(done, () => kept);
  },
});
