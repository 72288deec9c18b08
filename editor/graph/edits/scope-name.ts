import type { Action, Operation } from '../../../engine/document/types.ts';
import type { ListPlace } from '../place.ts';
import { findAction, holderOf, placeOf } from './find.ts';
import { eachWithin } from './lists.ts';

/** A name for the scope of an iteration that no iteration around the list, or within the actions, has: `item`, `item2`. */
export function freeScope(operation: Operation, list: ListPlace, actions: readonly Action[] = []): string {
  const taken = new Set<unknown>();
  const note = ({ action, input }: Action) =>
    taken.add(input?.scope ?? (action.startsWith('iteration/') ? 'item' : undefined));
  for (const action of actions) eachWithin(action, note);
  for (let at: ListPlace | undefined = list; at !== undefined; ) {
    const holder = holderOf(at);
    const owner = holder === undefined ? undefined : findAction(operation, holder);
    if (owner !== undefined) note(owner);
    at = owner === undefined ? undefined : placeOf(operation, owner.id);
  }
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'item' : `item${number}`;
    if (!taken.has(name)) return name;
  }
}
