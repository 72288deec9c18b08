import type { Action, Operation } from '../../../engine/document/types.ts';
import type { InsertPlace } from '../place.ts';
import { actionsAt, chosenActions, holderOf, isSameList } from './find.ts';
import { putActions } from './insert.ts';
import { eachWithin } from './lists.ts';
import { whyTooDeep } from './nesting.ts';
import { removeActions } from './remove.ts';

/**
 * Moves actions to a place, which is one of before the move; they keep the order in which they stand in the document. The same
 * operation where they would go into themselves or too deep, there is no such place, or they stand there already.
 */
export function moveActions(operation: Operation, ids: readonly string[], to: InsertPlace): Operation {
  const after = moved(operation, ids, to);
  return whyTooDeep(operation, after) === undefined ? after : operation;
}

/** Why actions cannot be moved to a place, as a sentence; undefined where they can, or nothing is to be said. */
export const whyNotMoved = (operation: Operation, ids: readonly string[], to: InsertPlace): string | undefined =>
  whyTooDeep(operation, moved(operation, ids, to));

function moved(operation: Operation, ids: readonly string[], to: InsertPlace): Operation {
  const chosen = chosenActions(operation, ids);
  const holder = holderOf(to);
  if (holder !== undefined && chosen.some(({ action }) => holds(action, holder))) return operation;
  const moving = chosen.map(({ action }) => action);
  const before = actionsAt(operation, to);
  const stand = chosen.filter(({ place }) => isSameList(place, to)).length;
  const index = Math.min(to.index, before.length);
  const isMoved = (action: Action): boolean => moving.includes(action);
  const at = { ...to, index: index - before.slice(0, index).filter(isMoved).length };
  if (stand === moving.length) {
    const rest = before.filter((action) => !isMoved(action));
    const after = rest.toSpliced(at.index, 0, ...moving);
    if (after.every((action, position) => action === before[position])) return operation;
  }
  const without = removeActions(
    operation,
    moving.map(({ id }) => id),
  );
  const after = putActions(without, at, moving);
  return after === without ? operation : after;
}

function holds(action: Action, id: string): boolean {
  let isFound = false;
  eachWithin(action, (inner) => {
    if (inner.id === id) isFound = true;
  });
  return isFound;
}
