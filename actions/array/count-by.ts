import { array, defineAction } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { byFields, eachKey } from './by.ts';

export default defineAction({
  id: 'array/count-by',
  title: 'Count by',
  summary: 'Counts how many items of an array have each key.',
  documentation: `
The key is the value at \`path\`, or what the steps of \`foreach\` give with the scope \`index\` and \`value\`; left out, it
is the item itself, which counts how often each value occurs. Numbers, true, false and dates become texts, what is missing
counts as "null", and arrays and objects fail. \`array/group-by\` gives the items themselves.`,
  fields: { array: array({ label: 'Array' }), ...byFields },
  output: { type: 'object', additionalProperties: { type: 'integer' } },
  examples: [
    {
      given: { array: [{ status: 200 }, { status: 404 }, { status: 200 }], path: 'status' },
      gives: { 200: 2, 404: 1 },
    },
    { given: { array: ['a', 'b', 'a', null] }, gives: { a: 2, b: 1, null: 1 } },
    {
      given: {
        array: ['a', 'B', 'b'],
        foreach: {
          $do: { actions: [{ id: 'u', action: 'string/upcase', input: { string: { $ref: ['item', 'value'] } } }] },
        },
      },
      gives: { A: 1, B: 2 },
    },
    { given: { array: [] }, gives: {} },
    { given: { array: [{ a: 1 }] }, fails: 'input-invalid', note: 'An object is no key; a path into it is needed.' },
  ],
  run: ({ array, ...by }) => {
    const counts = new Map<string, number>();
    const done = eachKey(array, by, (key) => counts.set(key, (counts.get(key) ?? 0) + 1));
    return after(done, () => Object.fromEntries(counts));
  },
});
