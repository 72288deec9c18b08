import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { copyText } from '../commands/copy-text.ts';
import { useNotices } from '../ui/notices.tsx';
import {
  type DataPath,
  type DataRow,
  idOf,
  openAtFirst,
  pageSize,
  pathText,
  rowsOf,
  type Stretch,
  unfoldTo,
} from './data-rows.ts';
import { DataSearch } from './data-search.tsx';
import { DataTreeRow } from './data-tree-row.tsx';

export interface DataViewProps {
  value: unknown;
  /** Names the tree for those who do not see it, as in `Output of greet`. */
  label: string;
  /** Whether there is a box to search in the data. */
  search?: boolean;
  /** Where the value lies, for `Copy Path`: the scope and keys. */
  path?: DataPath;
}

/**
 * Data as a tree that folds. Only what is open is there, a hundred members at a time, so that large data open at once.
 * Arrow keys go and fold; Ctrl/Cmd-C copies the value of the row, with Shift its path.
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: nobody reads binary data here, and this is what it is called.
export function DataView({ value, label, search = false, path = [] }: DataViewProps) {
  const [unfolding, setUnfolding] = useState(() => ({ open: openAtFirst(value) as ReadonlySet<string>, shown: none }));
  const [unfolded, setUnfolded] = useState(value);
  const [active, setActive] = useState('');
  const [pointed, setPointed] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const tree = useRef<HTMLDivElement>(null);
  const copy = useCopy(path);

  // Other data start anew; the same data again, as polling brings them, stay as they were unfolded.
  if (unfolded !== value) {
    setUnfolded(value);
    if (!isAlike(unfolded, value)) setUnfolding({ open: openAtFirst(value), shown: none });
  }

  const rows = useMemo(() => rowsOf(value, unfolding), [value, unfolding]);
  const current = rows.some(({ id }) => id === active) ? active : '';

  const fold = (id: string, isOpen: boolean): void =>
    setUnfolding(({ open, shown }) => {
      const next = new Set(open);
      if (isOpen) next.add(id);
      else next.delete(id);
      return { open: next, shown };
    });
  const showMore = (row: Extract<DataRow, { kind: 'more' }>): void => {
    const isBefore = rows[rows.indexOf(row) - 1]?.id === row.container;
    setUnfolding(({ open, shown }) => ({ open, shown: new Map(shown).set(row.container, row.next) }));
    // The row itself is gone or has moved on: the keys stay beside what was shown already.
    focusOn(rows[rows.indexOf(row) + (isBefore ? 1 : -1)]?.id ?? '');
  };
  // At once, so that the next key finds the row that this one led to.
  const focusOn = (id: string): void => {
    flushSync(() => setActive(id));
    rowElement(tree.current, id)?.focus();
  };
  const reveal = (to: DataPath): void => {
    setUnfolding((before) => unfoldTo(value, to, before));
    setActive(idOf(to));
    requestAnimationFrame(() => rowElement(tree.current, idOf(to))?.scrollIntoView({ block: 'nearest' }));
  };
  const act = (row: DataRow): void => {
    if (row.kind === 'more') showMore(row);
    else if (row.isOpen !== null) fold(row.id, !row.isOpen);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = rows.findIndex(({ id }) => id === current);
    const row = rows[index];
    if (row === undefined || event.target !== rowElement(tree.current, row.id)) return;
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    if (isCopy && row.kind === 'value' && getSelection()?.isCollapsed !== false) {
      if (event.shiftKey) copy.path(row.path);
      else copy.value(row.value);
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === 'Enter' || event.key === ' ') act(row);
    else {
      const to = rowAfter(event.key, rows, index);
      if (to === undefined) return;
      if (to === 'open' || to === 'close') fold(row.id, to === 'open');
      else focusOn(to);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="data-view">
      {search && <DataSearch value={value} label={label} onSearch={setWanted} onReveal={reveal} />}
      <div ref={tree} role="tree" aria-label={label} className="data-tree" onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <DataTreeRow
            key={row.id}
            row={row}
            isActive={row.id === current}
            isPointedAt={row.id === pointed}
            wanted={wanted}
            onActivate={setActive}
            onPoint={setPointed}
            onAct={act}
            onCopyValue={copy.value}
            onCopyPath={copy.path}
          />
        ))}
      </div>
    </div>
  );
}

const none: ReadonlyMap<string, Stretch> = new Map();

const rowElement = (tree: HTMLElement | null, id: string): HTMLElement | null =>
  tree?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null;

/** Whether what was unfolded in one value can stay unfolded in the other. */
const isAlike = (before: unknown, after: unknown): boolean =>
  typeof before === 'object' &&
  typeof after === 'object' &&
  before !== null &&
  after !== null &&
  Array.isArray(before) === Array.isArray(after) &&
  Object.keys(after).slice(0, pageSize).join('\n') === Object.keys(before).slice(0, pageSize).join('\n');

/** What a key does at a row, as trees do: the id of the row to go to, or whether to open or close this one. */
function rowAfter(key: string, rows: readonly DataRow[], index: number): string | undefined {
  const row = rows[index] as DataRow;
  const isOpen = row.kind === 'value' ? row.isOpen : null;
  switch (key) {
    case 'ArrowDown':
      return rows[index + 1]?.id;
    case 'ArrowUp':
      return rows[index - 1]?.id;
    case 'Home':
      return rows[0]?.id;
    case 'End':
      return rows.at(-1)?.id;
    case 'ArrowRight':
      return isOpen === true ? rows[index + 1]?.id : isOpen === false ? 'open' : undefined;
    case 'ArrowLeft':
      return isOpen === true ? 'close' : rows.slice(0, index).findLast(({ depth }) => depth < row.depth)?.id;
    default:
      return undefined;
  }
}

function useCopy(around: DataPath): { value(value: unknown): void; path(path: DataPath): void } {
  const { done, fail } = useNotices();
  const put = (text: string, what: string): void => {
    copyText(text).then(
      () => done(`Copied the ${what}`),
      (error: Error) => fail(`The ${what} was not copied. ${error.message}`, () => put(text, what)),
    );
  };
  return {
    value: (value) => put(typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? ''), 'value'),
    path: (path) => put(pathText([...around, ...path]), 'path'),
  };
}
