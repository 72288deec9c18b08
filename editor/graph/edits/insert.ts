import { expressionKind } from '../../../engine/document/expression.ts';
import type { Action, Json, Operation, Workflow } from '../../../engine/document/types.ts';
import type { InsertPlace, ListPlace } from '../place.ts';
import { updateAction } from './action.ts';
import { isSameList, workflowAt } from './find.ts';
import { takenIds, withFreeIds } from './ids.ts';
import { setInput } from './input.ts';
import { changeLists } from './lists.ts';
import { whyTooDeep } from './nesting.ts';

/**
 * Puts actions in a place, with other ids where theirs are taken; `ids` are those of the actions themselves, without what is
 * nested in them. A field that holds a plain value, or nothing, becomes steps that give the same. `why` says, as a sentence,
 * why nothing was put there.
 */
export function insertActions(
  operation: Operation,
  at: InsertPlace,
  actions: readonly Action[],
): { operation: Operation; ids: string[]; why?: string } {
  const fresh = withFreeIds(actions, takenIds(operation));
  const after = putActions(operation, at, fresh);
  const why = whyTooDeep(operation, after);
  if (why !== undefined) return { operation, ids: [], why };
  return after === operation ? { operation, ids: [] } : { operation: after, ids: fresh.map(({ id }) => id) };
}

/** The same with ids as they are; the same operation where there is no such place. */
export function putActions(operation: Operation, at: InsertPlace, actions: readonly Action[]): Operation {
  if (actions.length === 0) return operation;
  if (workflowAt(operation, at) === undefined) return openSteps(operation, at, actions);
  return changeLists(operation, (list, place) =>
    isSameList(place, at) ? [...list.slice(0, at.index), ...actions, ...list.slice(at.index)] : list,
  );
}

/** Makes steps of what is in the place until now: an error handler that is not there, or the value of a field. */
function openSteps(operation: Operation, { owner, path }: ListPlace, actions: readonly Action[]): Operation {
  const list = [...actions];
  if (owner === 'onError' && path.length === 0) return { ...operation, onError: { actions: list } };
  if (path.length === 0 || path.includes('#output')) return operation;
  return updateAction(operation, owner, (action) => {
    const former = path.reduce<Json | undefined>(member, action.input);
    const workflow: Workflow = former === undefined ? { actions: list } : { actions: list, output: former };
    const opened: Operation = { id: 'alone', workflow: { actions: [action] } };
    const steps = { $do: workflow } as unknown as Json;
    return setInput(opened, action.id, path, steps).workflow.actions[0] as Action;
  });
}

const member = (value: Json | undefined, part: string | number): Json | undefined =>
  typeof value === 'object' && value !== null && expressionKind(value) === undefined && Object.hasOwn(value, part)
    ? (value as { [key: string]: Json })[part]
    : undefined;
