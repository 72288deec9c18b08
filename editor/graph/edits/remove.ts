import type { Operation } from '../../../engine/document/types.ts';
import { changeLists } from './lists.ts';

/** Takes actions away with all that is nested in them. A workflow that loses its last action stays, empty. */
export function removeActions(operation: Operation, ids: readonly string[]): Operation {
  const gone = new Set(ids);
  return changeLists(operation, (actions) =>
    actions.some(({ id }) => gone.has(id)) ? actions.filter(({ id }) => !gone.has(id)) : actions,
  );
}
