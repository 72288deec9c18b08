import { useEffect } from 'react';
import type { Resource } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useAsked } from '../settings/use-asked.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import { draftPath } from '../state/draft-calls.ts';
import { textOfValue } from '../state/draft-words.ts';
import type { Part } from '../state/same-json.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DifferenceList } from './difference-list.tsx';
import { placeInWords } from './place-text.tsx';
import { titleOf, useDraft } from './use-drafts.ts';

type Request = Extract<DialogRequest, { dialog: 'compare-draft' }>;

interface CompareProps {
  request: Request;
  onClose(): void;
}

/** A draft beside what somebody else made of the same resource, and the ways on. */
export function CompareDialog(props: CompareProps) {
  const { state } = useDraft(props.request.resource);
  return state.saving.state !== 'conflict' && state.isOutdated ? (
    <OutdatedDialog {...props} />
  ) : (
    <ConflictDialog {...props} />
  );
}

/** What was deployed since the draft was begun, and what the draft changes: Merge takes both. */
function OutdatedDialog({ request: { resource }, onClose }: CompareProps) {
  const { attempt } = useWorkspace();
  const { draft, state } = useDraft(resource);
  const { value: begun, failure } = useAsked<Resource>(`${draftPath(resource)}/base`);
  const { document, live } = state;
  if (document === null || live === null) return null;
  const merge = (): void => {
    onClose();
    attempt('The draft was not merged', () => draft.mergeLive());
  };
  return (
    <Dialog
      title={`${titleOf(resource, document)} was deployed elsewhere`}
      description="Merge brings what was deployed into the draft. Nothing becomes live by it."
      size="medium"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            Close
          </button>
          <button type="button" className="btn btn-primary" onClick={merge}>
            Merge
          </button>
        </>
      }
    >
      {begun === null && failure === null && <p className="note">Loading what the draft was begun with…</p>}
      <div className="deploy">
        {begun !== null && (
          <section className="deploy-item" aria-label="Deployed since the draft was begun">
            <h3>Deployed since the draft was begun</h3>
            <DifferenceList before={begun} after={live} />
          </section>
        )}
        {begun !== null && (
          <section className="deploy-item" aria-label="Changed in the draft">
            <h3>Changed in the draft</h3>
            <DifferenceList before={begun} after={document} />
          </section>
        )}
        {/* Nobody has what it was begun with any more. */}
        {failure !== null && (
          <section className="deploy-item" aria-label="From what is live to the draft">
            <h3>From what is live to the draft</h3>
            <DifferenceList before={live} after={document} />
          </section>
        )}
      </div>
    </Dialog>
  );
}

/** What both changed in another way, side by side, and the choice. */
function ConflictDialog({ request: { resource }, onClose }: CompareProps) {
  const { attempt } = useWorkspace();
  const { draft, state } = useDraft(resource);
  const { saving, document } = state;
  const isOver = saving.state !== 'conflict';
  useEffect(() => {
    if (isOver) onClose();
  }, [isOver, onClose]);
  if (saving.state !== 'conflict' || document === null) return null;
  const choose = (which: 'mine' | 'theirs') => attempt('Nothing was chosen', () => draft.resolve(which));
  return (
    <Dialog
      title={`${titleOf(resource, document)} was saved elsewhere first`}
      description="Only these places were changed by both. Everything else of both stays, whichever you choose."
      size="large"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={() => choose('theirs')}>
            Take Theirs
          </button>
          <button type="button" className="btn btn-primary" onClick={() => choose('mine')}>
            Keep Mine
          </button>
        </>
      }
    >
      <table className="compare">
        <thead>
          <tr>
            <th>Place</th>
            <th>Mine</th>
            <th>Theirs</th>
          </tr>
        </thead>
        <tbody>
          {saving.conflicts.map(({ path, mine, theirs }) => (
            <tr key={path}>
              <th scope="row">{placeInWords(document, path)}</th>
              <Side value={mine} />
              <Side value={theirs} />
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

const Side = ({ value }: { value: Part }) => (
  <td>{value === undefined ? <span className="t3">Removed</span> : <pre>{textOfValue(value)}</pre>}</td>
);
