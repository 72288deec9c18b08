import { any, defineAction, optional } from '../kit/index.ts';
import { tableOf } from '../support/cached.ts';
import { keeping, place } from './entry.ts';

export default defineAction({
  id: 'hash-table/get-data',
  title: 'Get entry',
  summary: 'Reads an entry of a table that all runs share.',
  keywords: ['key value store', 'memory'],
  documentation: `
When there is no such entry, or its time to live is over, the result is \`default\`, or null without one. An entry that
holds null gives null, not the default. Reading does not renew the time to live.
${keeping}`,
  fields: { ...place, default: optional(any({ label: 'Default', help: 'For when there is no entry.' })) },
  output: {},
  examples: [
    {
      given: { 'table-id': 'stock', key: 'apples' },
      gives: 10,
      note: 'The table `stock` of the examples holds {"apples": 10, "pears": "sold out"}.',
    },
    { given: { 'table-id': 'stock', key: 'plums' }, gives: null },
    { given: { 'table-id': 'stock', key: 'plums', default: 0 }, gives: 0 },
    { given: { 'table-id': 'stock', key: ['apples'] }, fails: 'input-invalid' },
  ],
  run: ({ 'table-id': table, key, default: otherwise }, context) => {
    const found = context.host.memory.get(tableOf(table), key);
    return found === undefined ? otherwise : found;
  },
});
