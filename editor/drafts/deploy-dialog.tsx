import { type FormEvent, useEffect, useId, useMemo, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import { newDraftsUsedBy } from '../state/draft-contents.ts';
import type { Deployed } from '../state/draft-desk.ts';
import type { DraftSummary } from '../state/draft-summary.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { DeployItem } from './deploy-item.tsx';
import { DeployRemarks, remarksInWords } from './deploy-remarks.tsx';
import { titleOf, useDrafts } from './use-drafts.ts';

type Request = Extract<DialogRequest, { dialog: 'deploy' }>;

/** Shows what will change, then makes it live. */
export function DeployDialog({ request, onClose }: { request: Request; onClose(): void }) {
  const { drafts: desk, done, attempt, say } = useWorkspace();
  const drafts = useDrafts();
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [message, setMessage] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useId();
  useEffect(() => {
    void desk.flush();
  }, [desk]);

  // What was asked for stands first with what it needs; the others can be taken along.
  const used = useMemo(() => newDraftsUsedBy(request.resources ?? [], drafts), [request.resources, drafts]);
  const isAsked = ({ name }: DraftSummary): boolean => request.resources?.includes(name) !== false || used.has(name);
  const isChosen = (draft: DraftSummary): boolean => toggled.get(draft.name) ?? isAsked(draft);
  const asked = [...drafts.values()].filter(isAsked);
  const others = [...drafts.values()].filter((draft) => !asked.includes(draft));
  const chosen = [...drafts.values()].filter(isChosen);
  const whyNot = whyNotDeployed(chosen);
  const remarks = remarksInWords(chosen);
  const isForced = chosen.some(({ isOutdated }) => isOutdated);

  const deploy = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (whyNot !== undefined || isBusy) return;
    setBusy(true);
    setFailure(null);
    say('Deploying');
    try {
      const deployed = await desk.deploy(
        chosen.map(({ name }) => name),
        message,
        isForced,
      );
      onClose();
      if (deployed.revision === null) done('Nothing differed from what is live.');
      else
        done(wordsOf(deployed, drafts), {
          label: 'Undo',
          perform: () => attempt('The deploy was not taken back', () => desk.takeBack(deployed)),
        });
    } catch (thrown) {
      setFailure(messageOf(thrown));
      setBusy(false);
    }
  };

  const item = (draft: DraftSummary) => (
    <DeployItem
      key={draft.name}
      draft={draft}
      isChosen={isChosen(draft)}
      isUsed={used.has(draft.name)}
      isAlone={drafts.size === 1}
      onChoose={(is) => setToggled((before) => new Map(before).set(draft.name, is))}
    />
  );
  return (
    <Dialog
      title="Deploy"
      size="medium"
      onClose={onClose}
      description={
        drafts.size === 0
          ? 'There are no drafts: nothing differs from what is live.'
          : 'What is chosen becomes live in one step. Requests under way finish as they began.'
      }
      footer={
        <>
          {drafts.size > 0 && (
            <label className="deploy-message">
              <span>Message, for the history</span>
              <span className="field">
                <input
                  ref={focusOnce}
                  form={form}
                  value={message}
                  maxLength={500}
                  placeholder="Optional"
                  onChange={(event) => setMessage(event.target.value)}
                />
              </span>
            </label>
          )}
          {failure !== null && (
            <p className="deploy-failure" role="alert">
              <Icon name="failed" size={14} />
              {failure}
            </p>
          )}
          {whyNot !== undefined ? (
            <span className="deploy-why is-failed">{whyNot}</span>
          ) : (
            remarks !== '' && (
              <span className="deploy-why is-warn">
                <Icon name="warn" size={14} />
                {remarks}
              </span>
            )
          )}
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            form={form}
            className="btn btn-primary"
            aria-disabled={whyNot !== undefined || isBusy}
            title={whyNot}
          >
            <Icon name={isBusy ? 'running' : 'deploy'} size={14} className={isBusy ? 'spin' : ''} />
            {isForced ? 'Deploy Anyway' : 'Deploy'}
          </button>
        </>
      }
    >
      <form id={form} className="deploy" onSubmit={(event) => void deploy(event)}>
        <DeployRemarks drafts={chosen} onLeave={onClose} />
        {asked.map(item)}
        {others.length > 0 && <h3 className="deploy-others">Other drafts</h3>}
        {others.map(item)}
      </form>
    </Dialog>
  );
}

/** Enter deploys: the focus begins where a message can be typed. What will change is read from its beginning. */
const focusOnce = (input: HTMLInputElement | null): void => input?.focus({ preventScroll: true });

function whyNotDeployed(chosen: readonly DraftSummary[]): string | undefined {
  if (chosen.length === 0) return 'Nothing is chosen.';
  const unsettled = chosen.find(({ saving }) => saving === 'conflict' || saving === 'kept');
  if (unsettled !== undefined)
    return unsettled.saving === 'conflict'
      ? `${titleOf(unsettled.name, unsettled.document)} was saved elsewhere first.`
      : `The edits of ${titleOf(unsettled.name, unsettled.document)} are not saved yet.`;
  const errors = chosen.flatMap(({ faults }) => faults.filter(({ severity }) => severity === 'error'));
  if (errors.length === 0) return undefined;
  return errors.length === 1 ? '1 error must be mended first.' : `${errors.length} errors must be mended first.`;
}

function wordsOf({ deployed, revision }: Deployed, drafts: ReadonlyMap<string, DraftSummary>): string {
  const titles = deployed.map((name) => titleOf(name, drafts.get(name)?.document));
  const what =
    titles.length <= 3 ? titles.join(', ') : `${titles.slice(0, 2).join(', ')} and ${titles.length - 2} more`;
  return `Deployed ${what}, revision ${revision}`;
}
