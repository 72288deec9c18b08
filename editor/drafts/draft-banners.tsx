import { useWorkspace } from '../app/workspace-context.ts';
import type { ResourceDraft, Saving } from '../state/resource-draft.ts';
import { Icon } from '../ui/icon.tsx';
import { placeInWords } from './place-text.tsx';
import { titleOf, useDraft } from './use-drafts.ts';

/** What stands between the edits of a resource and the engine, each with its ways on. */
export function DraftBanners({ name }: { name: string }) {
  const { draft, state } = useDraft(name);
  const { saving, isOutdated, document } = state;
  const title = titleOf(name, document);
  return (
    <div role="status">
      {saving.state === 'conflict' && <ConflictBanner draft={draft} saving={saving} />}
      {saving.state === 'kept' && <KeptBanner draft={draft} saving={saving} />}
      {isOutdated && saving.state !== 'conflict' && <OutdatedBanner draft={draft} title={title} />}
    </div>
  );
}

function ConflictBanner({ draft, saving }: { draft: ResourceDraft; saving: Extract<Saving, { state: 'conflict' }> }) {
  const { ask, attempt } = useWorkspace();
  const [first, ...others] = saving.conflicts;
  const { document } = draft.state.getState();
  const choose = (which: 'mine' | 'theirs') => attempt('Nothing was chosen', () => draft.resolve(which));
  return (
    <div className="banner">
      <Icon name="warn" />
      <span className="grow">
        <b>Saved elsewhere first.</b> Both changed {first && document && placeInWords(document, first.path)}
        {others.length > 0 && ` and ${others.length} more`}, each in another way. Your edits are kept in this browser.
      </span>
      <button
        type="button"
        className="btn btn-s"
        onClick={() => ask({ dialog: 'compare-draft', resource: draft.name })}
      >
        Compare
      </button>
      <button type="button" className="btn btn-s" onClick={() => choose('mine')}>
        Keep Mine
      </button>
      <button type="button" className="btn btn-s" onClick={() => choose('theirs')}>
        Take Theirs
      </button>
    </div>
  );
}

function KeptBanner({ draft, saving }: { draft: ResourceDraft; saving: Extract<Saving, { state: 'kept' }> }) {
  const { edits, isRefused, reason } = saving;
  const kept = edits === 1 ? '1 edit is kept in this browser.' : `${edits} edits are kept in this browser.`;
  return (
    <div className="banner">
      <Icon name="warn" />
      <span className="grow">
        <b>{kept}</b> {isRefused ? `The engine did not take it: ${reason}` : `${reason} Trying again every 2 s.`}
      </span>
      <button type="button" className="btn btn-s" onClick={() => void draft.flush()}>
        Retry
      </button>
    </div>
  );
}

function OutdatedBanner({ draft, title }: { draft: ResourceDraft; title: string }) {
  const { ask, attempt } = useWorkspace();
  return (
    <div className="banner">
      <Icon name="warn" />
      <span className="grow">
        <b>{title} was deployed elsewhere</b> after this draft was begun. Merge brings that into the draft.
      </span>
      <button
        type="button"
        className="btn btn-s"
        onClick={() => ask({ dialog: 'compare-draft', resource: draft.name })}
      >
        Compare
      </button>
      <button
        type="button"
        className="btn btn-s"
        onClick={() => attempt('The draft was not merged', () => draft.mergeLive())}
      >
        Merge
      </button>
    </div>
  );
}
