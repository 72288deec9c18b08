import { isId } from '../../../engine/document/address.ts';
import type { Action, Operation } from '../../../engine/document/types.ts';
import { takenIds } from './ids.ts';
import { changeLists } from './lists.ts';

/** Changes one action, wherever it is nested. */
export const updateAction = (operation: Operation, id: string, change: (action: Action) => Action): Operation =>
  changeLists(operation, (actions) => {
    const index = actions.findIndex((action) => action.id === id);
    if (index < 0) return actions;
    const before = actions[index] as Action;
    const after = change(before);
    return after === before ? actions : actions.with(index, after);
  });

/**
 * Gives an action another id; the same operation where that is none or is taken. Nothing in a document names an action by
 * its id: the scope of an iteration is named by its field `scope`.
 */
export const renameAction = (operation: Operation, id: string, newId: string): Operation =>
  !isId(newId) || takenIds(operation).has(newId)
    ? operation
    : updateAction(operation, id, (action) => ({ ...action, id: newId }));
