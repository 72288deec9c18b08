import { ActionFailure, array, defineAction, oneOf, optional } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { byFields, eachKey } from './by.ts';

export default defineAction({
  id: 'array/index-by',
  title: 'Index by',
  summary: 'Makes an object in which each item of an array stands under its key.',
  keywords: ['lookup'],
  documentation: `
For looking things up by id. The key is the value at \`path\`, or what the steps of \`foreach\` give with the scope \`index\`
and \`value\`; left out, it is the item itself. Numbers, true, false and dates become texts, what is missing is the key
"null", and arrays and objects fail. Of several items with one key, \`duplicates\` says which one stays, or that they fail.
\`array/group-by\` keeps all of them.`,
  fields: {
    array: array({ label: 'Array' }),
    ...byFields,
    duplicates: optional(
      oneOf(['last', 'first', 'fail'], { label: 'Duplicates', help: 'Which of several items with one key stays.' }),
      'last',
    ),
  },
  output: { type: 'object' },
  failures: { 'key-conflict': 'Two items have the same key, and `duplicates` is `fail`.' },
  examples: [
    {
      given: {
        array: [
          { sku: 'A1', price: 5 },
          { sku: 'B2', price: 7 },
        ],
        path: 'sku',
      },
      gives: { A1: { sku: 'A1', price: 5 }, B2: { sku: 'B2', price: 7 } },
    },
    {
      given: {
        array: [
          [1, 'a'],
          [1, 'b'],
        ],
        path: 0,
        duplicates: 'first',
      },
      gives: { 1: [1, 'a'] },
      note: 'The key is at index 0 of each item.',
    },
    {
      given: {
        array: [
          { id: 1, n: 1 },
          { id: 1, n: 2 },
        ],
        path: 'id',
      },
      gives: { 1: { id: 1, n: 2 } },
    },
    { given: { array: [{ id: 1 }, { id: '1' }], path: 'id', duplicates: 'fail' }, fails: 'key-conflict' },
    { given: { array: [{ id: [] }], path: 'id' }, fails: 'input-invalid' },
  ],
  run: ({ array, duplicates, ...by }) => {
    const items = new Map<string, number>();
    const done = eachKey(array, by, (key, index) => {
      const other = items.get(key);
      if (other !== undefined && duplicates === 'fail') {
        throw new ActionFailure(
          'key-conflict',
          `\`array[${other}]\` and \`array[${index}]\` have the same key; choose another path, or which of them stays`,
        );
      }
      if (other === undefined || duplicates === 'last') items.set(key, index);
    });
    return after(done, () => Object.fromEntries(Array.from(items, ([key, index]) => [key, array[index]])));
  },
});
