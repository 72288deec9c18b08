import type { Operation, Workflow } from '../../engine/document/types.ts';
import type { OperationSession } from '../state/operation-session.ts';

/** Why an operation gets no error handler, as a sentence. */
export const whyNoErrorHandler = (operation: Operation | undefined): string | undefined =>
  operation?.onError === undefined ? undefined : 'It has an error handler of its own.';

/** Gives the operation an error handler of its own, and goes there. */
export function addErrorHandler(session: OperationSession): void {
  if (session.operation()?.onError !== undefined) return;
  session.edit('Add Error Handler', (operation) => ({ ...operation, onError: newHandler(operation) }));
  session.state.setState({ selected: ['onError'], upper: 'inspector' });
  session.reveal('onError');
}

/** Without an output, a request that failed would be answered with 200. */
function newHandler(operation: Operation): Workflow {
  const error = { $ref: ['error', 'message'] };
  return { actions: [], ...('method' in operation && { output: { status: 500, body: { error } } }) };
}
