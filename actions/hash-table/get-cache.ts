import { defineAction, lazy } from '../kit/index.ts';
import { cached, tableOf } from '../support/cached.ts';
import { keeping, place, ttl } from './entry.ts';

export default defineAction({
  id: 'hash-table/get-cache',
  title: 'Get or compute entry',
  summary: 'Reads an entry of a table that all runs share, and computes and writes it when there is none.',
  keywords: ['memoize'],
  documentation: `
\`value\` is evaluated only when there is no such entry, or its time to live is over; its result is written and given.
While one run computes it, others who want the entry wait for the same result. A failure is not written. A result too
large to be kept is given all the same. See \`flow/cache\` for results that always have a time to live, and for keeping
failures.
${keeping}`,
  fields: { ...place, value: lazy({ label: 'Value', help: 'Steps that compute the entry.' }), ttl },
  output: {},
  examples: [
    {
      given: { 'table-id': 'stock', key: 'apples', value: 'not computed' },
      gives: 10,
      note: 'The table `stock` of the examples holds {"apples": 10}.',
    },
    { given: { 'table-id': 'stock', key: 'plums', value: 4, ttl: 60_000 }, gives: 4 },
    { given: { 'table-id': 'stock', key: 'plums' }, fails: 'input-invalid' },
  ],
  run: ({ 'table-id': table, key, value, ttl: ttlMs }, context) =>
    cached({ table: tableOf(table), key, ttlMs, compute: () => value() }, context),
});
