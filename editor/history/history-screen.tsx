import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { Link } from '../app/link.tsx';
import { useWorkspace } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import './history.css';
import { RestoreDialog } from './restore-dialog.tsx';
import { RevisionDetail } from './revision-detail.tsx';
import { inWords, type RevisionAnswer, type RevisionPage, timeText } from './revision-text.ts';

const pageSize = 50;

/** Every deploy and change of the project, newest first; beside the list what the chosen one changed. */
export function HistoryScreen({ revision: chosen }: { revision: string | undefined }) {
  const { api, attempt, done, project, whyNot } = useWorkspace();
  const [revisions, setRevisions] = useState<readonly RevisionAnswer[] | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  /** The revision that the project is to be put back to, while somebody looks at what that would change. */
  const [wanted, setWanted] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const load = useCallback(async () => {
    const page = await api.get<RevisionPage>(`/api/history?limit=${pageSize}`);
    setRevisions(page.revisions);
    setCursor(page.cursor);
    setFailure(null);
  }, [api]);
  useEffect(() => {
    document.title = 'History · Sluice';
    load().catch((thrown: unknown) => setFailure(messageOf(thrown)));
  }, [load]);
  const loadOlder = (): void =>
    attempt('Older changes were not loaded', async () => {
      const page = await api.get<RevisionPage>(`/api/history?limit=${pageSize}&cursor=${cursor}`);
      setRevisions([...(revisions ?? []), ...page.revisions]);
      setCursor(page.cursor);
    });
  const restore = (number: number): void =>
    attempt(`The project was not put back to revision ${number}`, async () => {
      const before = (revisions ?? [])[0]?.revision ?? 0;
      const { revision } = await api.post<{ revision: number | null }>(`/api/history/${number}/restore`, {});
      await Promise.all([load(), project.refresh()]);
      if (revision === null) done(`The project already is what it was at revision ${number}.`);
      else
        done(`The project is what it was at revision ${number}; this is revision ${revision}.`, {
          label: 'Undo',
          perform: () => restore(before),
        });
    });
  const newest = revisions?.[0]?.revision;
  const shown = chosen === undefined ? newest : Number(chosen);
  const locked = whyNot('edit');
  return (
    <main className="work" id="work">
      <header className="bar">
        <h1>History</h1>
        {revisions !== null && newest !== undefined && <span className="count">revision {newest}</span>}
        <span className="grow" />
        <button type="button" className="btn" onClick={() => attempt('The history was not loaded', load)}>
          <Icon name="replay" size={14} />
          Reload
        </button>
      </header>
      <div className="history">
        <nav className="revisions" aria-label="Revisions">
          {failure !== null && <p className="is-failed loading">{failure}</p>}
          {revisions === null && failure === null && <p className="note loading">Loading the history…</p>}
          {revisions?.length === 0 && (
            <div className="empty">
              <Icon name="history" />
              <h2>Nothing has changed yet</h2>
              <p>Every deploy and every change of settings, variables and documents appears here, with the way back.</p>
            </div>
          )}
          <ul>
            {revisions?.map((revision) => (
              <li key={revision.revision}>
                <Link
                  className="revision"
                  href={`/history/${revision.revision}`}
                  aria-current={revision.revision === shown ? 'page' : undefined}
                >
                  <span className="row">
                    <b>{revision.revision}</b>
                    <span className="cut">{revision.message ?? inWords(revision)}</span>
                  </span>
                  <span className="row t3">
                    <time dateTime={revision.time}>{timeText(revision.time)}</time>
                    <span className="revision-user">{revision.user}</span>
                    {revision.message !== null && <span className="cut">{inWords(revision)}</span>}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {cursor !== null && (
            <button type="button" className="btn btn-quiet" onClick={loadOlder}>
              Show Older
            </button>
          )}
        </nav>
        {shown !== undefined && (
          <RevisionDetail
            key={shown}
            number={shown}
            isNewest={shown === newest}
            locked={locked}
            onRestore={setWanted}
          />
        )}
      </div>
      {wanted !== null && (
        <RestoreDialog number={wanted} onRestore={() => restore(wanted)} onClose={() => setWanted(null)} />
      )}
    </main>
  );
}
