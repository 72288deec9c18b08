import type { Difference } from '../../engine/document/difference.ts';
import { Link } from '../app/link.tsx';
import { pathToAddress } from '../app/route.ts';
import { DiffView } from '../data/diff-view.tsx';
import { useAsked } from '../settings/use-asked.ts';
import { Icon } from '../ui/icon.tsx';
import { placeText, type RevisionAnswer, timeText } from './revision-text.ts';

interface RevisionDetailProps {
  number: number;
  isNewest: boolean;
  /** Why it may not be restored. */
  locked: string | undefined;
  /** Asks for the project to be put back to what it was right after a revision. */
  onRestore(number: number): void;
}

/** What one revision changed, place by place, and the way back to before and after it. */
export function RevisionDetail({ number, isNewest, locked, onRestore }: RevisionDetailProps) {
  const { value: revision, failure } = useAsked<RevisionAnswer>(`/api/history/${number}`);
  if (failure !== null) return <p className="is-failed loading">{failure}</p>;
  if (revision === null) return <p className="note loading">Loading revision {number}…</p>;
  const whyNot = locked ?? (isNewest ? 'The project is what it was right after this revision.' : undefined);
  return (
    <article className="revision-detail" aria-label={`Revision ${number}`}>
      <header>
        <h2>Revision {number}</h2>
        <p className="t2">
          {timeText(revision.time)} by {revision.user}, {revision.action}
          {revision.message !== null && `: ${revision.message}`}
        </p>
        <div className="row">
          <button
            type="button"
            className="btn"
            aria-disabled={whyNot !== undefined}
            title={whyNot}
            onClick={() => whyNot === undefined && onRestore(number)}
          >
            <Icon name="history" size={14} />
            Restore Project To This Revision…
          </button>
          <button
            type="button"
            className="btn btn-quiet"
            aria-disabled={locked !== undefined}
            title={locked}
            onClick={() => locked === undefined && onRestore(number - 1)}
          >
            <Icon name="undo" size={14} />
            Restore Project To The One Before…
          </button>
        </div>
      </header>
      {revision.changes.map(({ resource, kind, diff }) => (
        <section key={resource} aria-label={resource}>
          <h3>
            <span className={`badge ${{ added: 'badge-ok', removed: 'badge-error', changed: 'badge-plain' }[kind]}`}>
              {kind}
            </span>
            {/^(api|server|service|client)\//.test(resource) && kind !== 'removed' ? (
              <Link className="mono" href={pathToResource(resource)}>
                {resource}
              </Link>
            ) : (
              <code>{resource}</code>
            )}
          </h3>
          {diff.length > 0 && (
            <ul className="differences">
              {diff.map((difference) => (
                <li key={difference.path}>
                  <DifferenceView difference={difference} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </article>
  );
}

function DifferenceView({ difference: { path, kind, before, after } }: { difference: Difference }) {
  const isLarge = kind === 'changed' && [before, after].some((value) => text(value).includes('\n'));
  return (
    <>
      <p className="mono place">{placeText(path) || 'the whole document'}</p>
      {isLarge ? (
        <DiffView before={before} after={after} />
      ) : (
        <div className="diff">
          {before !== undefined && <pre className="del">{text(before)}</pre>}
          {after !== undefined && <pre className="add">{text(after)}</pre>}
          {kind === 'reordered' && <p className="note">The order changed.</p>}
        </div>
      )}
    </>
  );
}

const pathToResource = (name: string): string =>
  name.startsWith('api/') ? `/apis/${encodeURIComponent(name.slice('api/'.length))}` : pathToAddress(name);

const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));
