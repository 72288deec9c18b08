import type { Operation } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useSession } from '../canvas/session-context.ts';
import { addErrorHandler } from '../commands/error-handler.ts';
import { Icon } from '../ui/icon.tsx';

/** Offers an error handler to an operation that has none of its own. */
export function AddErrorHandler({ operation }: { operation: Operation }) {
  const session = useSession();
  const { whyNot } = useWorkspace();
  if (operation.onError !== undefined) return null;
  const reason = whyNot('edit');
  return (
    <button
      type="button"
      className="btn btn-s vf-add"
      aria-disabled={reason !== undefined}
      title={reason ?? 'Steps that run when the workflow fails'}
      onClick={() => reason === undefined && addErrorHandler(session)}
    >
      <Icon name="add" size={12} />
      Add Error Handler
    </button>
  );
}
