import { ActionFailure, array, defineAction, describeValue, isPlainObject, optional, string } from '../kit/index.ts';
import { requireKeyText } from './key-text.ts';

const entryOf = (pair: unknown, index: number): [string, unknown] => {
  if (Array.isArray(pair) && pair.length === 2) {
    return [requireKeyText(pair[0], `\`array[${index}][0]\``), pair[1] ?? null];
  }
  throw new ActionFailure(
    'input-invalid',
    `\`array[${index}]\` must be an array of a key and a value, found ${describeValue(pair)}; give \`key\` if the items are objects`,
  );
};

const entryBy = (item: unknown, key: string, index: number): [string, unknown] => {
  if (!isPlainObject(item)) {
    throw new ActionFailure('input-invalid', `\`array[${index}]\` must be an object, found ${describeValue(item)}`);
  }
  return [
    requireKeyText(Object.hasOwn(item, key) ? item[key] : null, `The value of \`key\` in \`array[${index}]\``),
    item,
  ];
};

export default defineAction({
  id: 'array/to-object',
  title: 'To object',
  summary: 'Makes an object of an array of pairs, or of objects by one of their keys.',
  documentation: `
Without \`key\` each item is a pair \`[key, value]\`, as \`object/entries\` gives them. With it, each item is an object, and
stands as a whole under the text that it has at that key. Numbers, true, false and dates become texts; null and anything else
fails. Of several items with the same key, the last wins; \`array/index-by\` can fail instead, and takes paths.`,
  fields: {
    array: array({ label: 'Array', help: 'Pairs, or objects.' }),
    key: optional(string({ label: 'Key', help: 'Of the objects; its value becomes the key.' })),
  },
  output: { type: 'object' },
  examples: [
    {
      given: {
        array: [
          ['red', '#f00'],
          ['blue', '#00f'],
        ],
      },
      gives: { red: '#f00', blue: '#00f' },
    },
    {
      given: {
        array: [
          { id: 7, name: 'Ann' },
          { id: 9, name: 'Bob' },
        ],
        key: 'id',
      },
      gives: { 7: { id: 7, name: 'Ann' }, 9: { id: 9, name: 'Bob' } },
    },
    {
      given: {
        array: [
          ['a', 1],
          ['a', 2],
        ],
      },
      gives: { a: 2 },
      note: 'The last one wins.',
    },
    { given: { array: [] }, gives: {} },
    { given: { array: [['a']] }, fails: 'input-invalid' },
    { given: { array: [{ name: 'Ann' }], key: 'id' }, fails: 'input-invalid', note: 'The item has no `id`.' },
  ],
  run: ({ array, key }) =>
    Object.fromEntries(
      array.map((item, index) => (key === undefined ? entryOf(item, index) : entryBy(item, key, index))),
    ),
});
