import { useEffect, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { type RestoreChange, restoreChanges } from './restore-changes.ts';
import type { RevisionPage } from './revision-text.ts';

const pageSize = 100;
const badges = { added: 'badge-ok', removed: 'badge-error', changed: 'badge-plain' } as const;
const words = { added: 'comes back', removed: 'removed', changed: 'put back' } as const;

interface RestoreDialogProps {
  /** The project becomes what it was right after this revision; 0 is before the first. */
  number: number;
  onRestore(): void;
  onClose(): void;
}

/** Shows what of the whole project a restore would change, then does it. */
export function RestoreDialog({ number, onRestore, onClose }: RestoreDialogProps) {
  const { api } = useWorkspace();
  const [changes, setChanges] = useState<readonly RestoreChange[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const later: RevisionPage['revisions'] = [];
      let cursor: number | null = null;
      do {
        const from: string = cursor === null ? '' : `&cursor=${cursor}`;
        const page: RevisionPage = await api.get<RevisionPage>(`/api/history?limit=${pageSize}${from}`);
        later.push(...page.revisions.filter(({ revision }) => revision > number));
        cursor = (page.revisions.at(-1)?.revision ?? 0) > number + 1 ? page.cursor : null;
      } while (cursor !== null && !isOver);
      if (!isOver) setChanges(restoreChanges(later));
    };
    read().catch((thrown: unknown) => isOver || setFailure(messageOf(thrown)));
    return () => {
      isOver = true;
    };
  }, [api, number]);
  return (
    <Dialog
      title={number === 0 ? 'Restore The Project To Its Beginning' : `Restore The Project To Revision ${number}`}
      description="Everything that was changed since is put back and is live at once, as a revision of its own. Drafts stay."
      size="medium"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="btn btn-primary"
            aria-disabled={changes === null && failure === null}
            onClick={() => {
              if (changes === null && failure === null) return;
              onClose();
              onRestore();
            }}
          >
            <Icon name="history" size={14} />
            Restore Project
          </button>
        </>
      }
    >
      {failure !== null && <p className="is-failed">What would change was not found out: {failure}</p>}
      {changes === null && failure === null && <p className="note">Finding out what would change…</p>}
      {changes?.length === 0 && <p className="note">Nothing of the project was changed since.</p>}
      {changes !== null && changes.length > 0 && (
        <ul className="restore-changes" aria-label="What will change">
          {changes.map(({ resource, kind }) => (
            <li key={resource} className="row">
              <span className={`badge ${badges[kind]}`}>{words[kind]}</span>
              <code>{resource}</code>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
