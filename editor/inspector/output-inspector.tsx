import type { Operation } from '../../engine/document/types.ts';
import { EditGuardBox } from '../app/edit-guard.tsx';
import { useSession } from '../canvas/session-context.ts';
import { Icon } from '../ui/icon.tsx';
import { AddErrorHandler } from './add-error-handler.tsx';
import { AddressLine } from './address-line.tsx';
import { CheckOutput } from './check-output.tsx';
import { OutputForm } from './output-form.tsx';

/** What the operation gives when its workflow is done. */
export function OutputInspector({ operation }: { operation: Operation }) {
  const session = useSession();
  return (
    <div className="insp" data-hears="document">
      <header className="insp-head">
        <div className="row">
          <Icon name="end" />
          <h2 className="cut">{'method' in operation ? 'Response' : 'Output'}</h2>
        </div>
        <AddressLine address={session.address} />
      </header>
      <EditGuardBox className="insp-body">
        <OutputForm operation={operation} of="workflow" />
        <AddErrorHandler operation={operation} />
      </EditGuardBox>
      <CheckOutput node="end" operation={operation} />
    </div>
  );
}
