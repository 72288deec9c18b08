import { defineAction } from '../kit/index.ts';
import { add, amount, keeping, place, ttl } from './entry.ts';

export default defineAction({
  id: 'hash-table/decrement-data',
  title: 'Decrement entry',
  summary: 'Subtracts from a whole number in a table that all runs share, and gives the new one.',
  keywords: ['minus'],
  documentation: `
An entry that is not there counts as 0. No other run comes between reading and writing. The time to live that the entry
had ends with the change: the new one is \`ttl\`, or none. A negative amount adds.
${keeping}`,
  fields: { ...place, amount, ttl },
  output: { type: 'integer' },
  failures: {
    'data-invalid': 'The entry holds something else than a whole number, or the sum is beyond ±(2⁵³ − 1).',
  },
  examples: [
    {
      given: { 'table-id': 'stock', key: 'apples', amount: 3 },
      gives: 7,
      note: 'The table `stock` of the examples holds {"apples": 10, "pears": "sold out"}.',
    },
    { given: { 'table-id': 'stock', key: 'plums' }, gives: -1, note: 'It was not there, and the amount is 1.' },
    { given: { 'table-id': 'stock', key: 'pears', amount: 1 }, fails: 'data-invalid' },
    { given: { 'table-id': 'stock', key: 'apples', amount: 0.5 }, fails: 'input-invalid' },
  ],
  run: ({ 'table-id': table, key, amount, ttl: ttlMs }, context) =>
    add(context.host.memory, table, key, -amount, ttlMs),
});
