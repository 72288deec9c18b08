import { useWorkspace } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import { useDrafts } from './use-drafts.ts';

/** How much waits to be deployed, for above a list; nothing when nothing does. */
export function DraftBar() {
  const { ask, whyNot } = useWorkspace();
  const drafts = useDrafts();
  if (drafts.size === 0) return null;
  const reason = whyNot('edit');
  return (
    <>
      <span className="count" title={[...drafts.keys()].join(', ')}>
        {drafts.size === 1 ? '1 draft' : `${drafts.size} drafts`}
      </span>
      <button
        type="button"
        className="btn"
        aria-disabled={reason !== undefined}
        title={reason}
        onClick={() => reason === undefined && ask({ dialog: 'deploy' })}
      >
        <Icon name="deploy" size={14} />
        Deploy…
      </button>
    </>
  );
}
