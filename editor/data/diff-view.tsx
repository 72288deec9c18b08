import { lazy, Suspense, useMemo, useState } from 'react';
import { type Difference, differences } from '../../engine/document/difference.ts';
import type { Json } from '../../engine/document/types.ts';
import { pathText } from './data-rows.ts';
import { shortValue } from './short-value.ts';

const TextDiff = lazy(() => import('./text-diff.tsx'));

/** Differences that are listed at most. */
const mostListed = 200;
/** Characters of text beyond which only the list is offered. */
const longestText = 1_000_000;

export interface DiffViewProps {
  before: unknown;
  after: unknown;
  /** What the two are, where they are not simply before and after. */
  labels?: { before: string; after: string };
}

/** Where two values differ, by path, or side by side as text. */
export function DiffView({ before, after, labels = { before: 'Before', after: 'After' } }: DiffViewProps) {
  // A text of several lines reads best as text.
  const [isText, showText] = useState(() => isLong(before) || isLong(after));
  const found = useMemo(() => differences(jsonOf(before), jsonOf(after), mostListed + 1), [before, after]);
  const texts = useMemo(() => (isText ? ([textOf(before), textOf(after)] as const) : null), [isText, before, after]);
  if (found.length === 0) return <p className="diff-same">There is no difference.</p>;
  return (
    <div className="diff-view">
      <fieldset className="seg" aria-label="Show differences">
        <button type="button" aria-pressed={!isText} onClick={() => showText(false)}>
          By Path
        </button>
        <button type="button" aria-pressed={isText} onClick={() => showText(true)}>
          Side By Side
        </button>
      </fieldset>
      {texts === null ? (
        <DifferenceList found={found} labels={labels} />
      ) : texts.some((text) => text.length > longestText) ? (
        <p className="diff-same">These are too long to lay side by side. See the list by path.</p>
      ) : (
        <Suspense fallback={<p className="diff-same">Comparing…</p>}>
          <TextDiff before={texts[0]} after={texts[1]} labels={labels} />
        </Suspense>
      )}
    </div>
  );
}

const DifferenceList = ({
  found,
  labels,
}: {
  found: readonly Difference[];
  labels: { before: string; after: string };
}) => (
  <>
    <ul className="diff-list">
      {found.slice(0, mostListed).map((difference) => (
        <li key={`${difference.kind} ${difference.path}`}>
          <div className="diff-path">
            <span>{pathText(partsOf(difference.path))}</span>
            <span className="diff-kind">{words[difference.kind]}</span>
          </div>
          {'before' in difference && <Side name={labels.before} kind="before" value={difference.before} />}
          {'after' in difference && <Side name={labels.after} kind="after" value={difference.after} />}
        </li>
      ))}
    </ul>
    {found.length > mostListed && <p className="diff-same">These are the first {mostListed} differences.</p>}
  </>
);

const words: { readonly [kind in Difference['kind']]: string } = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  reordered: 'in another order',
};

const Side = ({ name, kind, value }: { name: string; kind: 'before' | 'after'; value: unknown }) => (
  <div className={`diff-value diff-${kind}`}>
    <span className="vh">{name}: </span>
    <span title={shortValue(value, 2000)}>{shortValue(value, 300)}</span>
  </div>
);

/** The parts of an RFC 6901 pointer; what looks like an index is one. */
const partsOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part));

const jsonOf = (value: unknown): Json => (value === undefined ? null : (value as Json));
const isLong = (value: unknown): boolean => typeof value === 'string' && value.includes('\n');
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, null, 2);
