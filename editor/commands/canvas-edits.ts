import type { Action, Operation } from '../../engine/document/types.ts';
import {
  duplicateActions,
  findAction,
  insertActions,
  moveActions,
  newAction,
  removeActions,
  updateAction,
  whyNotMoved,
  wrapActions,
} from '../graph/edits/index.ts';
import type { InsertPlace } from '../graph/place.ts';
import { noteUse } from '../palette/recently-used.ts';
import { type CanvasTools, chosenActions, namesOf } from './canvas-tools.ts';

/** Puts a new action of the library somewhere, chooses it and goes there. */
export function addAction(tools: CanvasTools, actionId: string, place: InsertPlace): void {
  const { session, workspace } = tools;
  const definition = workspace.project.snapshot().library.get(actionId);
  if (definition === undefined) return;
  noteUse(actionId);
  put(tools, `Add ${definition.title}`, (operation) =>
    insertActions(operation, place, [newAction(operation, definition)]),
  );
  session.state.setState({ upper: 'inspector' });
}

/** Puts actions somewhere under ids that are free, and chooses them; false when it said that they cannot be there. */
export function insert(tools: CanvasTools, label: string, actions: readonly Action[], place: InsertPlace): boolean {
  return put(tools, label, (operation) => insertActions(operation, place, actions));
}

function put(
  tools: CanvasTools,
  label: string,
  change: (operation: Operation) => { operation: Operation; ids: string[]; why?: string },
): boolean {
  let ids: string[] = [];
  let why: string | undefined;
  tools.session.edit(label, (operation) => {
    const done = change(operation);
    ids = done.ids;
    why = done.why;
    return done.operation;
  });
  if (why !== undefined) tools.workspace.done(why);
  choose(tools, ids);
  return why === undefined;
}

function choose({ session, view }: CanvasTools, ids: readonly string[]): void {
  const [first] = ids;
  if (first === undefined) return;
  session.select(...ids);
  view.stage?.focus(first);
}

/** Takes actions out, and says how they come back. What follows them is chosen then. */
export function remove(
  tools: CanvasTools,
  ids: readonly string[] = chosenActions(tools),
  verb: 'Delete' | 'Cut' = 'Delete',
): void {
  const { session, view, workspace } = tools;
  if (ids.length === 0 || !session.draft.mayEdit) return;
  const label = `${verb} ${namesOf(tools, ids)}`;
  const heir = heirOf(tools, ids);
  session.edit(label, (operation) => removeActions(operation, ids));
  session.select(...(heir === undefined ? [] : [heir]));
  if (heir !== undefined) view.stage?.focus(heir);
  const { draft } = session;
  workspace.done(`${verb === 'Cut' ? 'Cut' : 'Deleted'} ${label.slice(verb.length + 1)}.`, {
    label: 'Undo',
    perform: () => {
      // Only if it is still the last edit: another one must not be taken back in its place.
      if (draft.state.getState().undo?.label === label) draft.undo();
    },
  });
}

/** The node that is chosen after some are gone: the next one down the flow that stays, else the one before. */
function heirOf({ view }: CanvasTools, ids: readonly string[]): string | undefined {
  const gone = new Set(ids);
  for (const direction of ['down', 'up'] as const) {
    let name = direction === 'down' ? ids.at(-1) : ids[0];
    while (name !== undefined && (gone.has(name) || isInside(view, name, gone))) name = view.walk.from(name, direction);
    if (name !== undefined) return name;
  }
  return undefined;
}

function isInside(view: CanvasTools['view'], name: string, ids: ReadonlySet<string>): boolean {
  for (let at = view.walk.from(name, 'out'); at !== undefined; at = view.walk.from(at, 'out'))
    if (ids.has(at)) return true;
  return false;
}

export function duplicate(tools: CanvasTools, ids: readonly string[] = chosenActions(tools)): void {
  if (ids.length > 0) put(tools, `Duplicate ${namesOf(tools, ids)}`, (operation) => duplicateActions(operation, ids));
}

/** Moves actions to a place, which is meant as the lists are before. */
export function move(tools: CanvasTools, ids: readonly string[], place: InsertPlace): void {
  const operation = tools.session.operation();
  if (ids.length === 0 || operation === undefined) return;
  const why = whyNotMoved(operation, ids, place);
  if (why !== undefined) tools.workspace.done(why);
  tools.session.edit(`Move ${namesOf(tools, ids)}`, (operation) => moveActions(operation, ids, place));
  choose(tools, ids);
}

/** Moves the chosen actions one step within their list, out of their container, or into the one above. */
export function moveTowards(tools: CanvasTools, direction: 'up' | 'down' | 'in' | 'out'): void {
  const ids: readonly string[] = chosenActions(tools);
  const edge = direction === 'down' ? ids.at(-1) : ids[0];
  const place = edge === undefined ? undefined : tools.view.walk.placeTowards(edge, direction);
  if (place === undefined) return;
  const container = tools.view.graph.nodes.find(
    (node) => node.kind === 'action' && node.step.action.id === place.owner && !node.isOpen,
  );
  if (container !== undefined) tools.view.collapse(place.owner, false);
  move(tools, ids, place);
}

export type Wrapper = Parameters<typeof wrapActions>[2];

/** The actions that others can be wrapped in. */
export const wrappers: readonly { action: Wrapper; title: string }[] = [
  { action: 'conditional/if', title: 'If' },
  { action: 'conditional/try', title: 'Try' },
  { action: 'iteration/map', title: 'Map' },
];

/** Why the chosen actions cannot be wrapped, as a sentence. */
export function whyNotWrapped(
  { session, workspace }: CanvasTools,
  ids: readonly string[],
  wrapper: Wrapper = 'conditional/if',
): string | undefined {
  const operation = session.operation();
  if (operation === undefined || ids.length === 0) return 'No action is selected.';
  const wrapped = wrapActions(operation, ids, wrapper);
  return workspace.whyNot('edit') ?? (typeof wrapped === 'string' ? wrapped : undefined);
}

export function wrap(
  tools: CanvasTools,
  action: Wrapper,
  title: string,
  ids: readonly string[] = chosenActions(tools),
): void {
  if (whyNotWrapped(tools, ids, action) !== undefined) return;
  put(tools, `Wrap ${namesOf(tools, ids)} in ${title}`, (operation) => {
    const wrapped = wrapActions(operation, ids, action);
    return typeof wrapped === 'string' ? { operation, ids: [] } : { operation: wrapped.operation, ids: [wrapped.id] };
  });
}

/** Whether all of some actions are switched off in the draft. */
export function areOff({ session }: CanvasTools, ids: readonly string[]): boolean {
  const operation = session.operation();
  return operation !== undefined && ids.every((id) => findAction(operation, id)?.enabled === false);
}

/** Switches actions off, so that runs leave them out; or on again when all of them are off. */
export function toggleEnabled(tools: CanvasTools, ids: readonly string[] = chosenActions(tools)): void {
  if (ids.length === 0) return;
  const isOn = areOff(tools, ids);
  tools.session.edit(`${isOn ? 'Enable' : 'Disable'} ${namesOf(tools, ids)}`, (operation) =>
    ids.reduce(
      (before, id) =>
        updateAction(before, id, ({ enabled: _, ...action }) => (isOn ? action : { ...action, enabled: false })),
      operation,
    ),
  );
}

/** Gives an action another title; an empty one takes it away, and the id is shown instead. */
export function retitle({ session }: CanvasTools, id: string, title: string): void {
  session.edit(`Rename ${id}`, (operation) =>
    updateAction(operation, id, (action) => {
      const { title: before, ...rest } = action;
      if (title === (before ?? '')) return action;
      if (title === '') return rest;
      // The title keeps its place behind the action's id, as documents are written.
      const { id: own, action: kind, ...others } = rest;
      return { id: own, action: kind, title, ...others };
    }),
  );
}
