import { expressionKind } from '../../../engine/document/expression.ts';
import type { Action, Json, Operation, Path, Workflow } from '../../../engine/document/types.ts';
import type { InsertPlace, ListPlace } from '../place.ts';

// The one walk over the lists of actions of an operation, for reading and for changing. What did not change is the same
// object afterwards.

/** Fields that hold schemas, which are never searched for expressions. A test compares them with the library. */
const verbatimFields: { readonly [action: string]: readonly string[] } = { 'data/validation': ['schema'] };

export const isVerbatim = (action: string, field: string): boolean =>
  Object.hasOwn(verbatimFields, action) && verbatimFields[action]?.includes(field) === true;

/** Gives the list that stands in a place from now on; the same one for no change. */
type ListChange = (actions: readonly Action[], place: ListPlace) => readonly Action[];

type Trail = (string | number)[];

/** Changes lists of actions, the inner ones before those around them. Places are those of before. */
export function changeLists(operation: Operation, change: ListChange): Operation {
  const workflow = changeWorkflow(operation.workflow, 'workflow', [], change);
  const onError = operation.onError && changeWorkflow(operation.onError, 'onError', [], change);
  if (workflow === operation.workflow && onError === operation.onError) return operation;
  return { ...operation, workflow, ...(onError && { onError }) };
}

function changeWorkflow(workflow: Workflow, owner: string, trail: Trail, change: ListChange): Workflow {
  const inside = mapShared(workflow.actions, (action) => changeAction(action, change));
  const actions = change(inside, { owner, path: [...trail] });
  const output = workflow.output === undefined ? undefined : changeOutput(workflow.output, owner, trail, change);
  if (actions === workflow.actions && output === workflow.output) return workflow;
  return { ...workflow, actions: actions as Action[], ...(output !== undefined && { output }) };
}

function changeOutput(output: Json, owner: string, trail: Trail, change: ListChange): Json {
  trail.push('#output');
  const changed = changeValue(output, owner, trail, change);
  trail.pop();
  return changed;
}

function changeAction(action: Action, change: ListChange): Action {
  const input = action.input && changeInput(action, change);
  const output = Array.isArray(action.output)
    ? (changeValue(action.output, action.id, ['#output'], change) as Path)
    : action.output;
  if (input === action.input && output === action.output) return action;
  return { ...action, ...(input && { input }), ...(output !== undefined && { output }) };
}

function changeInput(action: Action, change: ListChange): { [field: string]: Json } {
  return mapMembers(action.input as { [field: string]: Json }, (value, field) =>
    isVerbatim(action.action, field) ? value : changeValue(value, action.id, [field], change),
  );
}

function changeValue(value: Json, owner: string, trail: Trail, change: ListChange): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return mapShared(value, (item, index) => changePart(item, index, owner, trail, change)) as Json[];
  const kind = expressionKind(value);
  if (kind === '$literal') return value;
  if (kind !== '$do') return mapMembers(value, (member, key) => changePart(member, key, owner, trail, change));
  const workflow = value.$do as unknown as Workflow;
  const changed = changeWorkflow(workflow, owner, trail, change);
  return changed === workflow ? value : { $do: changed as unknown as Json };
}

function changePart(value: Json, key: string | number, owner: string, trail: Trail, change: ListChange): Json {
  if (typeof value !== 'object' || value === null) return value;
  trail.push(key);
  const changed = changeValue(value, owner, trail, change);
  trail.pop();
  return changed;
}

/** The same array if every item stays the same. */
function mapShared<T>(items: readonly T[], change: (item: T, index: number) => T): readonly T[] {
  let copy: T[] | undefined;
  items.forEach((item, index) => {
    const changed = change(item, index);
    if (changed === item) return;
    copy ??= items.slice();
    copy[index] = changed;
  });
  return copy ?? items;
}

function mapMembers(object: { [key: string]: Json }, change: (value: Json, key: string) => Json) {
  let isSame = true;
  const entries = Object.entries(object).map(([key, value]) => {
    const changed = change(value, key);
    if (changed !== value) isSame = false;
    return [key, changed] as const;
  });
  return isSame ? object : Object.fromEntries(entries);
}

/** Called with an action and where it stands; true ends the walk. */
type Visit = (action: Action, place: InsertPlace) => boolean | undefined;

/** Visits every action in document order, each before what is nested in it. Answers whether the walk was ended. */
export function eachAction(operation: Operation, visit: Visit): boolean {
  if (inWorkflow(operation.workflow, 'workflow', [], visit)) return true;
  return operation.onError !== undefined && inWorkflow(operation.onError, 'onError', [], visit);
}

/** The same for one action and what is nested in it. */
export const eachWithin = (action: Action, visit: (action: Action) => void): void => {
  visit(action);
  inAction(action, (inner) => {
    visit(inner);
    return false;
  });
};

function inWorkflow(workflow: Workflow, owner: string, trail: Trail, visit: Visit): boolean {
  const path = [...trail];
  const stops = workflow.actions.some(
    (action, index) => visit(action, { owner, path, index }) === true || inAction(action, visit),
  );
  if (stops || workflow.output === undefined) return stops;
  return inValue(workflow.output, owner, [...trail, '#output'], visit);
}

function inAction(action: Action, visit: Visit): boolean {
  for (const [field, value] of Object.entries(action.input ?? {}))
    if (!isVerbatim(action.action, field) && inValue(value, action.id, [field], visit)) return true;
  return Array.isArray(action.output) && inValue(action.output, action.id, ['#output'], visit);
}

function inValue(value: Json, owner: string, trail: Trail, visit: Visit): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const kind = expressionKind(value);
  if (kind === '$literal') return false;
  if (kind === '$do') return inWorkflow((value as { $do: unknown }).$do as Workflow, owner, trail, visit);
  const inPart = (part: Json, key: string | number): boolean => {
    if (typeof part !== 'object' || part === null) return false;
    trail.push(key);
    const stops = inValue(part, owner, trail, visit);
    trail.pop();
    return stops;
  };
  return Array.isArray(value)
    ? value.some((item, index) => inPart(item, index))
    : Object.entries(value).some(([key, member]) => inPart(member, key));
}
