import type { Action, Json, Operation } from '../../../engine/document/types.ts';
import type { ListPlace } from '../place.ts';
import { type Chosen, chosenActions, isSameList } from './find.ts';
import { freeId } from './ids.ts';
import { changeLists } from './lists.ts';
import { whyTooDeep } from './nesting.ts';
import { freeScope } from './scope-name.ts';

/** What steps can be put into. */
export type Wrapping = 'conditional/if' | 'conditional/try' | 'iteration/map';

/**
 * Puts neighbours into a container, which takes their place. They do the same as before until its fields are filled: the
 * condition holds, and an error is caught; only `iteration/map` needs its array first. A text says why it cannot be done.
 */
export function wrapActions(
  operation: Operation,
  ids: readonly string[],
  wrapping: Wrapping,
): { operation: Operation; id: string } | string {
  const chosen = chosenActions(operation, ids);
  const why = whyNotNeighbours(chosen);
  if (why !== undefined) return why;
  const actions = chosen.map(({ action }) => action);
  const id = freeId(operation, wrapping.split('/')[1] as string);
  const [{ place }] = chosen as [Chosen];
  const container: Action = {
    id,
    action: wrapping,
    ...contents(wrapping, actions, freeScope(operation, place, actions)),
  };
  const after = replaceNeighbours(operation, chosen, [container]);
  return whyTooDeep(operation, after) ?? { operation: after, id };
}

function contents(wrapping: Wrapping, actions: Action[], scope: string): Pick<Action, 'input' | 'output'> {
  const steps = (list: Action[]): Json => ({ $do: { actions: list } }) as unknown as Json;
  switch (wrapping) {
    // The steps go on to write their own results, which the result of the container must not cover.
    case 'conditional/if':
      return { input: { conditions: [{ condition: true, value: steps(actions) }] }, output: null };
    case 'conditional/try':
      return { input: { value: steps(actions), onError: steps([]) }, output: null };
    case 'iteration/map':
      return { input: { array: [], foreach: steps(actions), scope } };
  }
}

/** Why actions cannot be taken as one piece, as a sentence; undefined when they can. */
export function whyNotNeighbours(chosen: readonly Chosen[]): string | undefined {
  const [first] = chosen;
  if (first === undefined) return 'No action is selected.';
  const isOneList = chosen.every(({ place }) => isSameList(place, first.place));
  if (!isOneList) return 'The selected actions stand in different workflows. Select neighbours of one workflow.';
  const isOnePiece = chosen.every(({ place }, index) => place.index === first.place.index + index);
  return isOnePiece ? undefined : 'There are other actions between the selected ones. Select neighbours.';
}

/** Puts other actions in the place of neighbours. */
export function replaceNeighbours(operation: Operation, chosen: readonly Chosen[], by: readonly Action[]): Operation {
  const [{ place }] = chosen as [Chosen];
  return changeLists(operation, (list, at: ListPlace) =>
    isSameList(at, place) ? list.toSpliced(place.index, chosen.length, ...by) : list,
  );
}
