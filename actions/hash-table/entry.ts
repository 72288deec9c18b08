import { ActionFailure, describeValue, type HostMemory, integer, optional, string } from '../kit/index.ts';
import { tableOf } from '../support/cached.ts';
import { milliseconds } from '../support/deadline.ts';

/** The fields that name an entry. */
export const place = {
  'table-id': optional(
    string({ label: 'Table', help: 'Keys of different tables are different. There is no need to make one.' }),
    'default',
  ),
  key: string({ label: 'Key' }),
};

export const ttl = optional(milliseconds('Time to live', 'How long it is kept; for good, if left out.', 1));

export const amount = optional(integer({ label: 'Amount' }), 1);

export const keeping = `
Tables are in the memory of the worker process: all runs in it share them, with several workers each has its own, and
they are gone when it ends. Memory is bounded (\`limits.memoryBytes\`); what was not used for the longest time goes
first, so keep nothing there that cannot be had again.`;

/** Adds to a whole number. Nothing comes between reading and writing: an action that does not wait is not interrupted. */
export const add = (memory: HostMemory, table: string, key: string, amount: number, ttlMs?: number): number => {
  const before = memory.get(tableOf(table), key) ?? 0;
  if (!Number.isSafeInteger(before)) {
    throw new ActionFailure(
      'data-invalid',
      `\`key\` must name an entry with a whole number, found ${describeValue(before)}; set it first, or delete it`,
    );
  }
  const sum = (before as number) + amount;
  if (!Number.isSafeInteger(sum)) {
    throw new ActionFailure('data-invalid', '`amount` would make a number that is too large to be counted exactly');
  }
  memory.set(tableOf(table), key, sum, ttlMs);
  return sum;
};
