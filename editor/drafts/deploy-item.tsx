import { useState } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { partsOfName } from '../state/draft-calls.ts';
import type { DraftSummary } from '../state/draft-summary.ts';
import { Icon } from '../ui/icon.tsx';
import { DifferenceList } from './difference-list.tsx';
import { titleOf, useDraft } from './use-drafts.ts';

interface DeployItemProps {
  draft: DraftSummary;
  isChosen: boolean;
  /** With one draft there is nothing to choose. */
  isAlone: boolean;
  /** It is new, and something that was asked for refers to it. */
  isUsed: boolean;
  onChoose(is: boolean): void;
}

const words = { api: 'API', server: 'server', service: 'service', client: 'client' } as const;

/** One resource: what will change, and what is wrong with it. */
export function DeployItem({ draft, isChosen, isUsed, isAlone, onChoose }: DeployItemProps) {
  const { name, kind, document, isOutdated } = draft;
  const { attempt } = useWorkspace();
  const { draft: edited, state } = useDraft(name);
  const [isMerging, setMerging] = useState(false);
  const title = titleOf(name, document);
  const { live } = state;
  const head = (
    <>
      <b className="cut">{title}</b>
      <code className="t3 cut">{name}</code>
      <span className="badge badge-plain">{kind === 'added' ? 'new' : 'changed'}</span>
    </>
  );
  return (
    <section className="deploy-item" aria-label={title}>
      {isAlone ? (
        <h3 className="row">{head}</h3>
      ) : (
        <h3>
          <label className="row">
            <input type="checkbox" checked={isChosen} onChange={(event) => onChoose(event.target.checked)} />
            {head}
          </label>
        </h3>
      )}
      {isOutdated && (
        <p className="deploy-warning">
          <Icon name="warn" size={14} />
          <span className="grow">
            {title} was deployed elsewhere after this draft was begun. Deploying takes that back; Merge keeps both.
          </span>
          <button
            type="button"
            className="btn btn-s"
            aria-disabled={isMerging}
            onClick={() => {
              if (isMerging) return;
              setMerging(true);
              attempt('The draft was not merged', () => edited.mergeLive().finally(() => setMerging(false)));
            }}
          >
            Merge
          </button>
        </p>
      )}
      {isUsed && <p className="note">It is new, and what is deployed here refers to it.</p>}
      {kind === 'added' ? (
        <p className="note">{newWords(draft)}</p>
      ) : (
        live !== null && <DifferenceList before={live} after={document} />
      )}
    </section>
  );
}

function newWords({ name, document }: DraftSummary): string {
  const { kind } = partsOfName(name);
  const count = 'operations' in document ? (document.operations?.length ?? 0) : null;
  const parts = count === null ? '' : count === 1 ? ' with 1 operation' : ` with ${count} operations`;
  return `A new ${words[kind]}${parts}.`;
}
