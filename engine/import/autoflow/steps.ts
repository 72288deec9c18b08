import type { Json } from '../../document/types.ts';
import type { Around } from './around.ts';

/** A value that fails with a message when it is evaluated: for what must not pass as data. */
export const raise = (message: string, { ids }: Around): Json => ({
  $do: { actions: [{ id: ids.give('raise'), action: 'scope/raise', input: { message } }] },
});
