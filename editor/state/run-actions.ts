import { walkWorkflow } from '../../engine/document/expression.ts';
import type { Action, Operation, Workflow } from '../../engine/document/types.ts';

const known = new WeakMap<Workflow, ReadonlyMap<string, Action>>();

/** Every action of a workflow by its id, nested ones too. */
export function actionsIn(workflow: Workflow): ReadonlyMap<string, Action> {
  const before = known.get(workflow);
  if (before !== undefined) return before;
  const actions = new Map<string, Action>();
  walkWorkflow(workflow, { action: (action) => void actions.set(action.id, action) });
  known.set(workflow, actions);
  return actions;
}

/** Every action of an operation by its id, those of its error handler too. */
export const actionsById = ({ workflow, onError }: Operation): ReadonlyMap<string, Action> =>
  onError === undefined ? actionsIn(workflow) : new Map([...actionsIn(workflow), ...actionsIn(onError)]);
