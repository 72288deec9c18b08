import { any, defineAction } from '../kit/index.ts';
import { tableOf } from '../support/cached.ts';
import { keeping, place, ttl } from './entry.ts';

export default defineAction({
  id: 'hash-table/set-data',
  title: 'Set entry',
  summary: 'Writes an entry of a table that all runs share.',
  keywords: ['key value store', 'memory', 'save', 'store'],
  documentation: `
The value takes the place of the one before, and so does its time to live: without \`ttl\` it is kept for good. Null is
a value like any other. The result is the text "ok".
${keeping}`,
  fields: { ...place, value: any({ label: 'Value' }), ttl },
  output: { const: 'ok' },
  failures: { 'memory-full': 'The value alone takes more room than there is for all.' },
  examples: [
    { given: { 'table-id': 'sessions', key: 'ada', value: { visits: 3 }, ttl: 60_000 }, gives: 'ok' },
    { given: { key: 'last run', value: null }, gives: 'ok', note: 'The table is `default`.' },
    {
      given: { key: 'large', value: Array.from({ length: 1000 }, () => []) },
      fails: 'memory-full',
      note: 'The examples have a memory of 50,000 bytes, and 1,000 arrays take more.',
    },
    { given: { key: 7, value: 1 }, fails: 'input-invalid' },
  ],
  run: ({ 'table-id': table, key, value, ttl: ttlMs }, context) => {
    context.host.memory.set(tableOf(table), key, value, ttlMs);
    return 'ok';
  },
});
