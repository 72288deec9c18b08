import { useEffect, useState } from 'react';
import type { Api, Json } from '../../engine/document/types.ts';
import { EditGuard } from '../app/edit-guard.tsx';
import { Link } from '../app/link.tsx';
import { useProject } from '../app/workspace-context.ts';
import { DraftBanners } from '../drafts/draft-banners.tsx';
import { DraftTools } from '../drafts/draft-tools.tsx';
import { useDraft } from '../drafts/use-drafts.ts';
import { Icon } from '../ui/icon.tsx';
import { type ApiEdits, editsOf } from './api-edits.ts';
import { ApiForm } from './api-form.tsx';
import type { SourceKind } from './source-text.ts';
import { SourceView } from './source-view.tsx';

type View = 'form' | SourceKind;
const views: readonly { id: View; label: string }[] = [
  { id: 'form', label: 'Form' },
  { id: 'yaml', label: 'YAML' },
  { id: 'json', label: 'JSON' },
];

/** One API, as a form or as its source. Both edit the same draft. */
export function ApiEditor({ id }: { id: string }) {
  const name = `api/${id}`;
  const { draft, state } = useDraft(name);
  const { connection } = useProject();
  const [view, setView] = useState<View>('form');
  const api = state.document as Api | null;
  const title = api?.title || id;
  useEffect(() => {
    document.title = `${title} · Sluice`;
  }, [title]);
  if (api === null)
    return connection === 'connecting' ? (
      <p className="note loading">Loading the project…</p>
    ) : (
      <div className="empty">
        <h1>There is no API {id}</h1>
        <p>It may have been removed, or never was.</p>
        <Link className="btn" href="/apis">
          Go To APIs
        </Link>
      </div>
    );
  const edits: ApiEdits = editsOf(draft);
  return (
    <>
      <header className="bar">
        <nav className="crumbs" aria-label="Where this is">
          <Link href="/apis">APIs</Link>
          <Icon name="right" size={12} />
        </nav>
        <h1 className="cut">{title}</h1>
        <span className="mono t3 cut">{id}</span>
        <span className="grow" />
        <fieldset className="seg" aria-label="View">
          {views.map((each) => (
            <button key={each.id} type="button" aria-pressed={view === each.id} onClick={() => setView(each.id)}>
              {each.label}
            </button>
          ))}
        </fieldset>
        <DraftTools name={name} />
      </header>
      <DraftBanners name={name} />
      <Faults faults={state.faults} />
      {view === 'form' ? (
        <ApiForm api={api} edits={edits} />
      ) : (
        <EditGuard>
          <SourceView key={view} kind={view} openapi={api.openapi} onChange={(value: Json) => edits.replace(value)} />
        </EditGuard>
      )}
    </>
  );
}

/** What keeps the API from being deployed, or is odd about it. */
function Faults({ faults }: { faults: readonly { pointer: string; message: string; severity: string }[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className="api-faults" aria-label="What is wrong">
      {faults.slice(0, 5).map(({ pointer, message, severity }) => (
        <li key={`${pointer} ${message}`} className={severity === 'error' ? 'form-fault' : 'form-warning'}>
          <Icon name="warn" size={14} />
          <span>
            {message} <code>{pointer}</code>
          </span>
        </li>
      ))}
      {faults.length > 5 && <li className="note">{faults.length - 5} more</li>}
    </ul>
  );
}
