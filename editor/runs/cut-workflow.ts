import { expressionKind } from '../../engine/document/expression.ts';
import type { Json, Operation, Workflow } from '../../engine/document/types.ts';

/**
 * The operation as far as an action, that one included: what comes after it in its list, and in the lists around that one, is
 * left out, and so are the output mappings around it. Null where there is no such action.
 */
export function cutAfter(operation: Operation, id: string): Operation | null {
  const workflow = cutWorkflow(operation.workflow, id);
  const onError = workflow === null && operation.onError !== undefined ? cutWorkflow(operation.onError, id) : null;
  if (workflow === null && onError === null) return null;
  const cut = { ...operation, ...(workflow !== null && { workflow }), ...(onError !== null && { onError }) };
  // What it gives now is the result of a step, for which the operation's schema was not made.
  if ('output' in cut) delete cut.output;
  return cut;
}

function cutWorkflow({ actions, output }: Workflow, id: string): Workflow | null {
  for (const [index, action] of actions.entries()) {
    if (action.id === id) return { actions: actions.slice(0, index + 1) };
    const input = cutValue((action.input ?? null) as Json, id) as typeof action.input | null;
    if (input) return { actions: [...actions.slice(0, index), { ...action, input }] };
  }
  const cut = output === undefined ? null : cutValue(output, id);
  return cut === null ? null : { actions, output: cut };
}

/** The value with the nested workflow cut that has the action in it; null where there is none. */
function cutValue(value: Json, id: string): Json | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const cut = cutValue(item, id);
      if (cut !== null) return value.with(index, cut);
    }
    return null;
  }
  const kind = expressionKind(value);
  if (kind === '$literal') return null;
  if (kind === '$do') {
    const cut = cutWorkflow(value.$do as unknown as Workflow, id);
    return cut === null ? null : { $do: cut as unknown as Json };
  }
  for (const [key, member] of Object.entries(value)) {
    const cut = cutValue(member, id);
    if (cut !== null) return { ...value, [key]: cut };
  }
  return null;
}
