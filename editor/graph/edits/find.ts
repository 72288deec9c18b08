import { expressionKind } from '../../../engine/document/expression.ts';
import type { Action, Json, Operation, Workflow } from '../../../engine/document/types.ts';
import type { InsertPlace, ListPlace } from '../place.ts';
import { eachAction, eachWithin } from './lists.ts';

/** The action of this id, wherever it is nested. */
export function findAction(operation: Operation, id: string): Action | undefined {
  let found: Action | undefined;
  eachAction(operation, (action) => {
    if (action.id !== id) return false;
    found = action;
    return true;
  });
  return found;
}

/** The list in which an action stands, and where in it. */
export function placeOf(operation: Operation, id: string): InsertPlace | undefined {
  let found: InsertPlace | undefined;
  eachAction(operation, (action, place) => {
    if (action.id !== id) return false;
    found = place;
    return true;
  });
  return found;
}

/** Every action in document order, each before what is nested in it. */
export function allActions(operation: Operation): Action[] {
  const actions: Action[] = [];
  eachAction(operation, (action) => {
    actions.push(action);
    return false;
  });
  return actions;
}

/** The actions of a list; none where no workflow is. */
export function actionsAt(operation: Operation, list: ListPlace): readonly Action[] {
  const workflow = workflowAt(operation, list);
  return workflow === undefined ? [] : workflow.actions;
}

/** The workflow in a place; undefined where there is none. */
export function workflowAt(operation: Operation, { owner, path }: ListPlace): Workflow | undefined {
  const own = ownWorkflow(operation, owner, path);
  if (own !== undefined && path.length === 0) return own;
  const value = own === undefined ? actionValue(operation, owner, path) : valueIn(own.output, path.slice(1));
  return expressionKind(value) === '$do' ? ((value as { $do: unknown }).$do as Workflow) : undefined;
}

/** The id of the action that holds a list; undefined for lists of the operation's own. */
export const holderOf = ({ owner, path }: ListPlace): string | undefined => (isOwn(owner, path) ? undefined : owner);

// An action may be called `workflow` too; what stands in its fields is its own.
const isOwn = (owner: string, path: ListPlace['path']): boolean =>
  (owner === 'workflow' || owner === 'onError') && (path.length === 0 || path[0] === '#output');

const ownWorkflow = (operation: Operation, owner: string, path: ListPlace['path']): Workflow | undefined => {
  if (!isOwn(owner, path)) return undefined;
  return owner === 'workflow' ? operation.workflow : owner === 'onError' ? operation.onError : undefined;
};

const actionValue = (operation: Operation, owner: string, path: ListPlace['path']): Json | undefined => {
  const action = findAction(operation, owner);
  if (action === undefined) return undefined;
  return path[0] === '#output' ? valueIn(action.output, path.slice(1)) : valueIn(action.input, path);
};

function valueIn(value: Json | undefined, path: ListPlace['path']): Json | undefined {
  let at = value;
  for (const part of path) {
    if (part === '#output') at = (memberOf(at, '$do') as { output?: Json } | undefined)?.output;
    else at = memberOf(at, part);
  }
  return at;
}

const memberOf = (value: Json | undefined, part: string | number): Json | undefined =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, part)
    ? (value as { [key: string]: Json })[part]
    : undefined;

/** An action that was chosen, and where it stands. */
export interface Chosen {
  action: Action;
  place: InsertPlace;
}

/** The chosen actions in document order, without those that are nested in another one and go along with it. */
export function chosenActions(operation: Operation, ids: readonly string[]): Chosen[] {
  const wanted = new Set(ids);
  const along = new Set<string>();
  const chosen: Chosen[] = [];
  eachAction(operation, (action, place) => {
    if (!wanted.has(action.id) || along.has(action.id)) return false;
    chosen.push({ action, place });
    eachWithin(action, ({ id }) => along.add(id));
    return false;
  });
  return chosen;
}

/** Whether two places name the same list. */
export const isSameList = (a: ListPlace, b: ListPlace): boolean =>
  a.owner === b.owner && a.path.length === b.path.length && a.path.every((part, index) => part === b.path[index]);
