import { useEffect } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import { textOfValue } from '../state/draft-words.ts';
import type { Part } from '../state/same-json.ts';
import { Dialog } from '../ui/dialog.tsx';
import { placeInWords } from './place-text.tsx';
import { titleOf, useDraft } from './use-drafts.ts';

type Request = Extract<DialogRequest, { dialog: 'compare-draft' }>;

/** What both changed in another way, side by side, and the choice. */
export function CompareDialog({ request: { resource }, onClose }: { request: Request; onClose(): void }) {
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
