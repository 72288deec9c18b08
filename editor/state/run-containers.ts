import { walkValues } from '../../engine/document/expression.ts';
import type { Json, Operation, Workflow } from '../../engine/document/types.ts';

const known = new WeakMap<Operation, ReadonlyMap<string, readonly string[]>>();

/** The actions around each action, from the outermost to the nearest, by id. */
export function containersOf(operation: Operation): ReadonlyMap<string, readonly string[]> {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const around = new Map<string, readonly string[]>();
  const nested = (value: Json | undefined, outer: readonly string[]): void =>
    walkValues(value ?? null, {
      expression(expression, kind) {
        if (kind !== '$do') return true;
        enter((expression as { $do: Json }).$do as unknown as Workflow, outer);
        return false;
      },
    });
  const enter = ({ actions, output }: Workflow, outer: readonly string[]): void => {
    for (const action of actions) {
      around.set(action.id, outer);
      nested((action.input ?? null) as Json, [...outer, action.id]);
    }
    nested(output, outer);
  };
  enter(operation.workflow, []);
  if (operation.onError !== undefined) enter(operation.onError, []);
  known.set(operation, around);
  return around;
}
