import type { Action, Operation } from '../../../engine/document/types.ts';
import type { InsertPlace } from '../place.ts';
import { actionsAt, chosenActions, holderOf, isSameList } from './find.ts';
import { putActions } from './insert.ts';
import { eachWithin } from './lists.ts';
import { removeActions } from './remove.ts';

/**
 * Moves actions to a place, which is one of before the move; they keep the order in which they stand in the document. The same
 * operation where they would go into themselves, there is no such place, or they stand there already.
 */
export function moveActions(operation: Operation, ids: readonly string[], to: InsertPlace): Operation {
  const chosen = chosenActions(operation, ids);
  const holder = holderOf(to);
  if (holder !== undefined && chosen.some(({ action }) => holds(action, holder))) return operation;
  const moved = chosen.map(({ action }) => action);
  const before = actionsAt(operation, to);
  const stand = chosen.filter(({ place }) => isSameList(place, to)).length;
  const index = Math.min(to.index, before.length);
  const isMoved = (action: Action): boolean => moved.includes(action);
  const at = { ...to, index: index - before.slice(0, index).filter(isMoved).length };
  if (stand === moved.length) {
    const rest = before.filter((action) => !isMoved(action));
    const after = rest.toSpliced(at.index, 0, ...moved);
    if (after.every((action, position) => action === before[position])) return operation;
  }
  const without = removeActions(
    operation,
    moved.map(({ id }) => id),
  );
  const after = putActions(without, at, moved);
  return after === without ? operation : after;
}

function holds(action: Action, id: string): boolean {
  let isFound = false;
  eachWithin(action, (inner) => {
    if (inner.id === id) isFound = true;
  });
  return isFound;
}
