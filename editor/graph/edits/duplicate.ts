import type { Action, Operation } from '../../../engine/document/types.ts';
import { chosenActions } from './find.ts';
import { takenIds, withFreeIds } from './ids.ts';
import { changeLists } from './lists.ts';

/** Copies actions; in each list the copies follow the last of the originals. `ids` are those of the copies. */
export function duplicateActions(
  operation: Operation,
  ids: readonly string[],
): { operation: Operation; ids: string[] } {
  const originals = chosenActions(operation, ids).map(({ action }) => action);
  const copies = withFreeIds(originals, takenIds(operation));
  const copyOf = new Map(originals.map((action, index) => [action.id, copies[index] as Action]));
  const after = changeLists(operation, (actions) => {
    const last = actions.findLastIndex(({ id }) => copyOf.has(id));
    if (last < 0) return actions;
    const added = actions.flatMap(({ id }) => copyOf.get(id) ?? []);
    return actions.toSpliced(last + 1, 0, ...added);
  });
  return { operation: after, ids: copies.map(({ id }) => id) };
}
