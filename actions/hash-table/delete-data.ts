import { defineAction } from '../kit/index.ts';
import { tableOf } from '../support/cached.ts';
import { keeping, place } from './entry.ts';

export default defineAction({
  id: 'hash-table/delete-data',
  title: 'Delete entry',
  summary: 'Deletes an entry of a table that all runs share.',
  documentation: `
The result is the text "ok", whether there was such an entry or not.
${keeping}`,
  fields: place,
  output: { const: 'ok' },
  examples: [
    { given: { 'table-id': 'stock', key: 'apples' }, gives: 'ok' },
    { given: { 'table-id': 'stock', key: 'plums' }, gives: 'ok', note: 'There was none.' },
    { given: { 'table-id': 'stock' }, fails: 'input-invalid' },
  ],
  run: ({ 'table-id': table, key }, context) => {
    context.host.memory.delete(tableOf(table), key);
    return 'ok';
  },
});
