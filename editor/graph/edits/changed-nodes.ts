import type { Action, Operation } from '../../../engine/document/types.ts';
import type { InsertPlace } from '../place.ts';
import { isSameList } from './find.ts';
import { eachAction, eachWithin } from './lists.ts';

interface Placed {
  action: Action;
  place: InsertPlace;
  /** It without what is nested in it, as text. */
  own: string;
}

/**
 * The nodes that a step of the history is about, by what the session calls them: the actions that came, else those that
 * changed or moved, else the one where some went; none for a change of what no node shows.
 */
export function changedNodes(before: Operation, after: Operation): string[] {
  const [old, now] = [placedIn(before), placedIn(after)];
  const came = outermost([...now.values()].filter(({ action }) => !old.has(action.id)));
  if (before.onError === undefined && after.onError !== undefined) return ['onError'];
  if (came.length > 0) return came;
  const gone = [...old.values()].find(({ action }) => !now.has(action.id));
  if (gone !== undefined) return [besideGone(gone, old, now)];
  const changed = [...now.values()].filter(({ action, own }) => own !== old.get(action.id)?.own);
  if (changed.length > 0) return changed.map(({ action }) => action.id);
  const moved = movedIn(old, now);
  if (moved !== undefined) return [moved];
  if (before.workflow.output !== after.workflow.output) return ['end'];
  if (before.onError !== after.onError) return [after.onError === undefined ? 'start' : 'onError'];
  return [];
}

/** The ids of actions that are no more, and `onError` if that is. */
export function goneNodes(before: Operation, after: Operation): Set<string> {
  const gone = new Set(placedIn(before).keys());
  for (const id of placedIn(after).keys()) gone.delete(id);
  if (before.onError !== undefined && after.onError === undefined) gone.add('onError');
  return gone;
}

function placedIn(operation: Operation): Map<string, Placed> {
  const all = new Map<string, Placed>();
  eachAction(operation, (action, place) => {
    all.set(action.id, { action, place, own: ownText(action) });
    return false;
  });
  return all;
}

const ownText = (action: Action): string =>
  JSON.stringify(action, (key, value: unknown) => (key === '$do' ? undefined : value));

/** The one that stands in another list, else the one without which all stand in the same order. */
function movedIn(old: ReadonlyMap<string, Placed>, now: ReadonlyMap<string, Placed>): string | undefined {
  for (const [id, { place }] of now) {
    const from = old.get(id)?.place;
    if (from !== undefined && !isSameList(from, place)) return id;
  }
  const [earlier, later] = [[...old.keys()], [...now.keys()]];
  const first = later.findIndex((id, index) => id !== earlier[index]);
  if (first === -1) return undefined;
  const [down, up] = [earlier[first] as string, later[first] as string];
  const isAlikeWithout = (id: string): boolean => {
    const rest = later.filter((one) => one !== id);
    return earlier.filter((one) => one !== id).every((one, index) => one === rest[index]);
  };
  return isAlikeWithout(down) ? down : up;
}

/** Without those that are nested in another one of them. */
function outermost(all: readonly Placed[]): string[] {
  const nested = new Set<string>();
  for (const { action } of all) eachWithin(action, ({ id }) => id !== action.id && nested.add(id));
  return all.map(({ action }) => action.id).filter((id) => !nested.has(id));
}

/** What stands before the place where an action went, else what holds that place, else what stands there now. */
function besideGone(
  { action, place }: Placed,
  old: ReadonlyMap<string, Placed>,
  now: ReadonlyMap<string, Placed>,
): string {
  const siblings = [...old.values()].filter((one) => one.action.id !== action.id && isSameList(one.place, place));
  const before = siblings.findLast((one) => one.place.index < place.index && now.has(one.action.id));
  if (before !== undefined) return before.action.id;
  const holder = old.get(place.owner);
  if (now.has(place.owner)) return place.owner;
  if (holder !== undefined) return besideGone(holder, old, now);
  const after = siblings.find((one) => now.has(one.action.id));
  if (after !== undefined) return after.action.id;
  return place.owner === 'onError' ? 'onError' : 'start';
}
