import { useMemo } from 'react';
import { type Difference, differences } from '../../engine/document/difference.ts';
import type { Json, Resource } from '../../engine/document/types.ts';
import { groupDifferences, type PlacedDifference, textOfValue } from '../state/draft-words.ts';
import { PlaceText } from './place-text.tsx';

/** Beyond these the rest is counted only. */
const mostShown = 200;
/** Lines of a value that are shown without being asked for. */
const shortLines = 4;

/** What differs between two versions of a resource, by operation, in words with before and after. */
export function DifferenceList({ before, after }: { before: Resource; after: Resource }) {
  const [olds, news] = [before, after] as unknown as [Json, Json];
  const found = useMemo(() => differences(olds, news), [olds, news]);
  const groups = useMemo(() => groupDifferences(news, found.slice(0, mostShown)), [news, found]);
  if (found.length === 0) return <p className="note">Nothing differs.</p>;
  return (
    <>
      {groups.map(({ operation, differences: ones }) => (
        <div key={operation ?? ''} className="diff-group">
          {operation !== null && (
            <h4>
              Operation <code>{operation}</code>
            </h4>
          )}
          <ul>
            {ones.map((one) => (
              <li key={`${one.kind} ${one.path}`}>
                <Row difference={one} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {found.length > mostShown && <p className="note">{`And ${found.length - mostShown} more.`}</p>}
    </>
  );
}

const verbs: Record<Difference['kind'], string> = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
  reordered: 'Moved within',
};

function Row({ difference }: { difference: PlacedDifference }) {
  const { kind, place, before, after } = difference;
  return (
    <>
      <span>
        {verbs[kind]} <PlaceText place={place} within={place.operation} />
      </span>
      <BeforeAfter before={before} after={after} kind={kind} />
    </>
  );
}

function BeforeAfter({ before, after, kind }: Pick<Difference, 'before' | 'after' | 'kind'>) {
  const olds = kind === 'added' ? null : textOfValue(before);
  const news = kind === 'removed' ? null : textOfValue(after);
  const lines = [olds, news].reduce((sum, text) => sum + (text?.split('\n').length ?? 0), 0);
  const both = (
    <pre className="diff-values">
      {olds !== null && <del>{olds}</del>}
      {news !== null && <ins>{news}</ins>}
    </pre>
  );
  if (lines <= shortLines) return both;
  return (
    <details>
      <summary>{`Show ${lines} lines`}</summary>
      {both}
    </details>
  );
}
