import type { Action } from '../../engine/document/types.ts';

/** Whether an action would now do something else than it did; steps inside it count for themselves. */
export const isChanged = (before: Action, now: Action): boolean => before !== now && textOf(before) !== textOf(now);

const textOf = ({ action, input, output, enabled, mock, retry, timeoutMs }: Action): string =>
  JSON.stringify(
    [action, input, output, enabled ?? true, mock?.enabled ? mock.value : null, retry, timeoutMs],
    (key, value) => (key === '$do' ? 0 : value),
  );
