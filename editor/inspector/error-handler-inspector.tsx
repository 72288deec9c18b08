import type { Operation } from '../../engine/document/types.ts';
import { EditGuardBox } from '../app/edit-guard.tsx';
import { useDraftState, useSession } from '../canvas/session-context.ts';
import { Icon } from '../ui/icon.tsx';
import { AddErrorHandler } from './add-error-handler.tsx';
import { OutputForm } from './output-form.tsx';
import { withKey } from './with-key.ts';

/** What runs when the workflow fails. */
export function ErrorHandlerInspector({ operation }: { operation: Operation }) {
  const session = useSession();
  const document_ = useDraftState((state) => state.document);
  const [kind] = session.address.split('/', 1);
  const isInherited = operation.onError === undefined && document_ !== null && 'onError' in document_;
  const count = operation.onError?.actions.length ?? 0;
  return (
    <div className="insp" data-hears="document">
      <header className="insp-head">
        <div className="row">
          <Icon name="warn" />
          <h2 className="cut">On error</h2>
          <span className="grow" />
          {operation.onError !== undefined && session.draft.mayEdit && (
            <button
              type="button"
              className="btn btn-s"
              onClick={() => session.edit('Remove Error Handler', (before) => withKey(before, 'onError', undefined))}
            >
              <Icon name="delete" size={12} />
              Remove Error Handler
            </button>
          )}
        </div>
      </header>
      <EditGuardBox className="insp-body">
        {operation.onError === undefined ? (
          <>
            <p className="note">
              {isInherited
                ? `Runs that fail are handled by the error handler of the whole ${kind}. One of its own takes its place for this operation.`
                : 'Steps that run when the workflow fails. They see the failure in the scope error.'}
            </p>
            <AddErrorHandler operation={operation} />
          </>
        ) : (
          <>
            <p className="note">
              {count === 0
                ? 'No steps yet; they are added on the canvas.'
                : `${count === 1 ? '1 step' : `${count} steps`} on the canvas.`}
            </p>
            <OutputForm operation={operation} of="onError" />
          </>
        )}
      </EditGuardBox>
    </div>
  );
}
