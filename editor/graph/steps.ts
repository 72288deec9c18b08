import { expressionKind } from '../../engine/document/expression.ts';
import type { Action, Json, Workflow } from '../../engine/document/types.ts';
import type { ListPlace } from './place.ts';
import { preview, previewPath } from './preview.ts';

/** What stands in a column of the canvas. */
export type Step = ActionStep | OutputStep;

/** An action as the canvas shows it, with the workflows nested in it. */
export interface ActionStep {
  kind: 'action';
  /** Address of the action. */
  id: string;
  action: Action;
  title: string;
  /** One line of its input, without what the lanes show. */
  preview: string;
  /** Where the result goes: `variables.output`; null when nowhere. */
  output: string | null;
  lanes: Lane[];
}

/** Steps that stand in the output mapping of a workflow; they run after its actions. */
export interface OutputStep {
  kind: 'output';
  id: string;
  lanes: Lane[];
}

/** A nested workflow, or a plain value that stands in the place of one. */
export interface Lane {
  id: string;
  label: string;
  /** What decides about it, such as a condition. */
  note: string;
  steps: Step[];
  /** Its output, or the plain value; null when it gives the result of its last action. */
  gives: string | null;
  /** The list of its actions; null for a plain value, which has none. */
  list: ListPlace | null;
}

/** What the steps of a workflow stand in. */
export interface StepContext {
  /** Address of the operation. */
  operation: string;
  /** Whether an action of the library gives a result, which then goes to `variables.output` where nothing else is said. */
  hasResult(action: string): boolean;
  /** Steps made before, by their action: one that is still the same object needs no new step. */
  known?: WeakMap<Action, ActionStep>;
}

/** The steps of the workflow at a place with all that is nested in them. `at` is the id of what it stands in. */
export function stepsOf(workflow: Workflow, context: StepContext, at: string, list: ListPlace): Step[] {
  const actions = workflow.actions.map((action): Step => stepOf(action, context));
  const id = `${at}#output`;
  const lanes = find(workflow.output, []).map((found) => {
    const place = { owner: list.owner, path: [...list.path, '#output', ...found.path] };
    return laneOf(id, found, place, words(found.path.join(' ')) || 'Output', '', context);
  });
  return lanes.length === 0 ? actions : [...actions, { kind: 'output', id, lanes }];
}

function stepOf(action: Action, context: StepContext): ActionStep {
  const before = context.known?.get(action);
  if (before !== undefined) return before;
  const fields = Object.entries(action.input ?? {}).map(([field, value]) => ({
    value,
    lanes: lanesOf(action, field, value, context),
  }));
  const step: ActionStep = {
    kind: 'action',
    id: `${context.operation}/${action.id}`,
    action,
    title: action.title || action.id,
    preview: fields.flatMap(({ value, lanes }) => (lanes.length === 0 ? [preview(value)] : [])).join('  '),
    output: outputOf(action, context),
    lanes: fields.flatMap(({ lanes }) => lanes),
  };
  context.known?.set(action, step);
  return step;
}

const outputOf = ({ action, output }: Action, { hasResult }: StepContext): string | null => {
  if (output === undefined) return hasResult(action) ? 'variables.output' : null;
  return output === null || output.length === 0 ? null : previewPath(output);
};

/** Fields of the actions for control flow that are branches, also where they hold a plain value. */
const branches: { readonly [action: string]: readonly string[] } = {
  'conditional/if': ['conditions'],
  'conditional/switch': ['cases', 'default'],
  'conditional/try': ['value', 'onError'],
};

const isContainer = (action: Action): boolean =>
  Object.values(action.input ?? {}).some((value) => find(value, []).length > 0);

function lanesOf(action: Action, field: string, value: Json, context: StepContext): Lane[] {
  if (Array.isArray(value) && value.some(isRowWithSteps))
    return value.flatMap((row, index) => rowLanes(action, field, row, index, context));
  const id = `${context.operation}/${action.id}`;
  const found = find(value, [field]);
  if (found.length === 0 && branches[action.action]?.includes(field) && isContainer(action)) {
    return [
      { id: `${id}#${field}`, label: labelOf(action, field), note: '', steps: [], gives: preview(value), list: null },
    ];
  }
  return found.map((nested) =>
    laneOf(
      id,
      nested,
      { owner: action.id, path: nested.path },
      nested.path.length === 1 ? labelOf(action, field) : words(nested.path.join(' ')),
      '',
      context,
    ),
  );
}

const isPlain = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && expressionKind(value) === undefined;

const isRowWithSteps = (row: Json): boolean =>
  isPlain(row) && Object.values(row).some((member) => expressionKind(member) === '$do');

// A row of conditions or cases: the member that holds the steps is the branch, the others decide about it.
function rowLanes(action: Action, field: string, row: Json, index: number, context: StepContext): Lane[] {
  if (!isPlain(row)) return [];
  const label = labelOf(action, field, index, row);
  const id = `${context.operation}/${action.id}`;
  const own = Object.entries(row).filter(([, member]) => expressionKind(member) === '$do');
  const deciding = Object.entries(row).filter(([name, member]) => name !== 'value' && expressionKind(member) !== '$do');
  const note = label === 'Else' ? '' : deciding.map(([, member]) => preview(member)).join('  ');
  const lanes = own.map(([name, member]) => {
    const workflow = (member as { $do: unknown }).$do as Workflow;
    const ownLabel = name === 'value' || own.length === 1 ? label : `${label}, ${name}`;
    const path = [field, index, name];
    return laneOf(id, { path, workflow }, { owner: action.id, path }, ownLabel, note, context);
  });
  if (row.value === undefined || expressionKind(row.value) === '$do') return lanes;
  return [
    ...lanes,
    { id: `${id}#${field}/${index}/value`, label, note, steps: [], gives: preview(row.value), list: null },
  ];
}

/** What a row of branches is called, by the field that holds them; undefined for rows of anything else. */
export function branchLabel(field: string | number | undefined, index?: number, row?: Json): string | undefined {
  if (field === 'cases') return 'Case';
  if (field !== 'conditions') return undefined;
  return isPlain(row) && row.condition === true && index !== 0 ? 'Else' : index === 0 ? 'If' : 'Else if';
}

function labelOf(action: Action, field: string, index?: number, row?: { [key: string]: Json }): string {
  const branch = branchLabel(field, index, row);
  if (branch !== undefined) return branch;
  if (field === 'foreach') return 'For each';
  if (field === 'value' && action.action === 'conditional/try') return 'Try';
  return index === undefined ? words(field) : `${words(field)} ${index + 1}`;
}

/** `onError` as `On error`. */
const words = (name: string): string => {
  const text = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

interface Nested {
  path: readonly (string | number)[];
  workflow: Workflow;
}

function laneOf(
  parent: string,
  { path, workflow }: Nested,
  list: ListPlace,
  label: string,
  note: string,
  context: StepContext,
): Lane {
  const id = `${parent}#${path.join('/')}`;
  return {
    id,
    label,
    note,
    steps: stepsOf(workflow, context, id, list),
    gives: workflow.output === undefined ? null : preview(workflow.output),
    list,
  };
}

/** The outermost nested workflows in a value, and where they stand. */
function find(value: Json | undefined, path: (string | number)[]): Nested[] {
  if (value === undefined || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => find(item, [...path, index]));
  switch (expressionKind(value)) {
    case '$do':
      return [{ path, workflow: value.$do as unknown as Workflow }];
    case '$literal':
      return [];
    default:
      return Object.entries(value).flatMap(([key, member]) => find(member, [...path, key]));
  }
}
