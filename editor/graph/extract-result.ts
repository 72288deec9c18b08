import type { Operation } from '../../engine/document/types.ts';
import { type Chosen, findAction, holderOf, placeOf, workflowAt } from './edits/find.ts';

/** Containers whose result is that of their steps. */
const handOn = /^(?:conditional\/|organization\/group$|flow\/retry$)/;

/** Whether what an action gives is the result of something, besides being written somewhere. */
export function isResultUsed(operation: Operation, { action, place }: Chosen): boolean {
  const workflow = workflowAt(operation, place);
  if (workflow === undefined || workflow.output !== undefined || workflow.actions.at(-1) !== action) return false;
  const holder = holderOf(place);
  const container = holder === undefined ? undefined : findAction(operation, holder);
  if (container === undefined) return true;
  if (container.action === 'iteration/for-each') return false;
  if (!handOn.test(container.action) || container.output !== null) return true;
  const at = placeOf(operation, container.id);
  return at === undefined || isResultUsed(operation, { action: container, place: at });
}
