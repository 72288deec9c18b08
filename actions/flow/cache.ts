import { defineAction, lazy, optional, string } from '../kit/index.ts';
import { cached, tableOf } from '../support/cached.ts';
import { milliseconds } from '../support/deadline.ts';

export default defineAction({
  id: 'flow/cache',
  title: 'Cache result',
  summary: 'Gives a kept result, and runs the steps only when there is none.',
  keywords: ['memoize'],
  documentation: `
A result is kept for \`ttl\` milliseconds under \`key\`, for all runs of this worker process that use the same table and
key. Null is a result like any other. While one run computes a result, others who ask for it wait and get the same one;
when that run is cancelled, one of those who wait computes instead. Steps must not ask for their own key: they would
wait for themselves, up to the time limit of the run.

A failure passes through to all who wait and is not kept, unless \`negative-ttl\` says for how long; then it is raised
again without running the steps. A result larger than the whole memory allows is given but not kept. Memory is bounded
(\`limits.memoryBytes\`), and what was not used for the longest time goes first. The entry is one of
\`hash-table/get-data\` as well: \`hash-table/delete-data\` takes it out early.

With several workers each has a memory of its own: a result is computed up to once per worker, and taken out of one
only.`,
  fields: {
    key: string({ label: 'Key', help: 'What the result depends on, such as the id of a customer.' }),
    ttl: milliseconds('Time to live', 'How long a result is kept.', 1),
    value: lazy({ label: 'Steps', help: 'They compute the result.' }),
    'negative-ttl': optional(milliseconds('Time to live of failures', '0 keeps none.'), 0),
    'table-id': optional(string({ label: 'Table', help: 'Keys of different tables are different.' }), 'cache'),
  },
  output: {},
  examples: [
    { given: { key: 'rates', ttl: 60_000, value: { eur: 1 } }, gives: { eur: 1 } },
    {
      given: { key: 'apples', ttl: 60_000, value: 'not computed', 'table-id': 'stock' },
      gives: 10,
      note: 'The table `stock` of the examples holds {"apples": 10}.',
    },
    { given: { key: 'nothing', ttl: 60_000, value: null }, gives: null },
    { given: { key: 'rates', ttl: 0, value: 1 }, fails: 'input-invalid' },
  ],
  run: ({ key, ttl, value, 'negative-ttl': failureTtlMs, 'table-id': table }, context) =>
    cached({ table: tableOf(table), key, ttlMs: ttl, failureTtlMs, compute: () => value() }, context),
});
