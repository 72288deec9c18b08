import { array, defineAction, oneOf, optional, rows, string } from '../kit/index.ts';
import { path, readPath } from '../support/path.ts';
import { openComparison } from './comparison.ts';

export default defineAction({
  id: 'array/sort-by',
  title: 'Sort by',
  summary: 'Sorts an array by one or several values inside of its items.',
  keywords: ['descending', 'order by'],
  documentation: `
The first key decides, the next one among equals, and so on; items that are equal in all keys keep their order. An empty
\`path\` means the item itself. \`compare\` as \`value\` takes numbers as numbers and texts by code points, different kinds in
the order that \`array/sort\` documents. As \`text\` it compares as people of the language expect, "é" beside "e", after the
Unicode collation of Intl.Collator; as \`natural\` likewise with the numbers inside of texts as numbers: "file 2" before "file
10". Both ignore case unless nothing else differs, and what is no text is compared as \`value\`. Missing values come last, or
where \`nulls\` says, in either order.`,
  fields: {
    array: array({ label: 'Array' }),
    keys: rows(
      {
        path: path({ label: 'Path', help: 'A key (`a.b` is one), or a list of keys and indexes.' }),
        order: optional(oneOf(['ascending', 'descending'], { label: 'Order' }), 'ascending'),
        compare: optional(oneOf(['value', 'text', 'natural'], { label: 'Compare' }), 'value'),
        nulls: optional(oneOf(['last', 'first'], { label: 'Nulls', help: 'Where missing values go.' }), 'last'),
      },
      { label: 'Keys', help: 'The first one decides, the next one among equals.' },
    ),
    locale: optional(string({ label: 'Locale', help: 'Language tag (BCP 47), for text and natural.' }), 'en'),
  },
  output: { type: 'array' },
  examples: [
    {
      given: {
        array: [
          { n: 'b', age: 20 },
          { n: 'a', age: 20 },
          { n: 'c', age: 31 },
        ],
        keys: [{ path: 'age', order: 'descending' }, { path: 'n' }],
      },
      gives: [
        { n: 'c', age: 31 },
        { n: 'a', age: 20 },
        { n: 'b', age: 20 },
      ],
    },
    {
      given: { array: ['file 10', 'File 2', 'file 1'], keys: [{ path: [], compare: 'natural' }] },
      gives: ['file 1', 'File 2', 'file 10'],
    },
    {
      given: { array: [{ v: 2 }, {}, { v: 1 }], keys: [{ path: 'v', order: 'descending', nulls: 'first' }] },
      gives: [{}, { v: 2 }, { v: 1 }],
    },
    { given: { array: ['z', 'ä', 'a'], keys: [{ path: [], compare: 'text' }], locale: 'de' }, gives: ['a', 'ä', 'z'] },
    {
      given: { array: ['z', 'ä', 'a'], keys: [{ path: [], compare: 'text' }], locale: 'sv' },
      gives: ['a', 'z', 'ä'],
      note: 'In Swedish, ä is a letter of its own after z.',
    },
    { given: { array: [1], keys: [{ path: [], order: 'up' }] }, fails: 'input-invalid' },
    { given: { array: [1], keys: [{ path: [] }], locale: 'no such' }, fails: 'input-invalid' },
  ],
  run: ({ array, keys, locale }) => {
    const comparisons = keys.map((key) => openComparison(key, locale));
    // Values are read once, not at every comparison.
    const entries = array.map((item) => ({ item, values: keys.map((key) => readPath(item, key.path)) }));
    entries.sort((a, b) => {
      for (let key = 0; key < comparisons.length; key += 1) {
        const order = comparisons[key]?.(a.values[key], b.values[key]) ?? 0;
        if (order !== 0) return order;
      }
      return 0;
    });
    return entries.map(({ item }) => item);
  },
});
