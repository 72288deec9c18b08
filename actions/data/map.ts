import { any, defineAction, object, oneOf, optional } from '../kit/index.ts';
import { mapData } from './mapping.ts';

export default defineAction({
  id: 'data/map',
  title: 'Map',
  summary: 'Builds an object from other data by a list of which value goes where.',
  keywords: ['convert', 'mapping', 'reshape', 'transform'],
  documentation: `
Each key of \`mapping\` is where a value goes, and its value says what goes there: the path of a value in \`data\`, or an
object with

- \`path\`: where the value is, or \`value\`: the value itself, which may be an expression,
- \`default\`: what takes its place when there is nothing or null,
- \`each\`: a mapping for every item of the array at \`path\`, whose paths begin at the item; \`$.\` before a path begins at
  the whole data.

A path is keys with dots between them, \`customer.name\`; numbers count in arrays, from 0, or from the end when negative;
\`\\.\` is a dot in a key. An empty path is the whole. Keys to write to always make objects. Where nothing is found there is
null, or, with \`missing\` leave-out, no key. Writing to a place and also inside of it fails. At most 1,000,000 values are
made.`,
  fields: {
    data: any({ label: 'Data', help: 'What the paths lead into.' }),
    mapping: object({ label: 'Mapping', help: 'Paths in the data, or rules, by the paths in the result.' }),
    missing: optional(
      oneOf(['null', 'leave-out'], { label: 'Missing', help: 'What becomes of a value that is not there.' }),
      'null',
    ),
  },
  output: { type: 'object' },
  examples: [
    {
      given: {
        data: { customer: { name: 'Ann', mails: ['a@shop.example', 'b@shop.example'] }, total: 12 },
        mapping: { 'buyer.name': 'customer.name', 'buyer.mail': 'customer.mails.-1', sum: 'total', phone: 'phone' },
      },
      gives: { buyer: { name: 'Ann', mail: 'b@shop.example' }, sum: 12, phone: null },
    },
    {
      given: {
        data: { id: 7, lines: [{ sku: 'R1', count: 2 }, { sku: 'T5' }] },
        mapping: {
          kind: { value: 'order' },
          items: {
            path: 'lines',
            each: { article: 'sku', amount: { path: 'count', default: 1 }, order: '$.id' },
          },
        },
      },
      gives: {
        kind: 'order',
        items: [
          { article: 'R1', amount: 2, order: 7 },
          { article: 'T5', amount: 1, order: 7 },
        ],
      },
    },
    {
      given: { data: { 'a.b': 1 }, mapping: { x: 'a\\.b', y: 'none' }, missing: 'leave-out' },
      gives: { x: 1 },
    },
    { given: { data: {}, mapping: { a: 'x', 'a.b': 'y' } }, fails: 'input-invalid' },
    { given: { data: { lines: 1 }, mapping: { a: { path: 'lines', each: {} } } }, fails: 'input-invalid' },
    { given: { data: {}, mapping: { a: 7 } }, fails: 'input-invalid', note: 'A constant is {"value": 7}.' },
  ],
  run: ({ data, mapping, missing }) => mapData(data, mapping, missing === 'leave-out'),
});
