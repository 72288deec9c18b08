import { type KeyboardEvent, useId, useState } from 'react';
import { shortValue } from '../data/short-value.ts';
import type { Scope } from '../graph/scopes.ts';
import { Icon } from '../ui/icon.tsx';
import { scopeEntries } from './scope-entries.ts';
import { readReference, referenceText } from './value-path.ts';

interface ScopeTreeProps {
  label: string;
  scopes: readonly Scope[];
  data: unknown;
  /** What is chosen now. */
  path: readonly (string | number)[] | null;
  onPick(path: (string | number)[]): void;
}

/**
 * What is available, as a tree with the last run's values. The box above narrows it, and takes a path that is typed. Up and
 * Down move, Right and Left open and close, Enter picks.
 */
export function ScopeTree({ label, scopes, data, path, onPick }: ScopeTreeProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => openedFor(path, scopes));
  const rows = scopeEntries({ scopes, data }, (text) => opened.has(text), typed);
  const chosen = path === null ? null : referenceText(path);
  /** Index of the row that Enter picks; null for what fits best. */
  const [at, setAt] = useState<number | null>(() =>
    Math.max(
      0,
      rows.findIndex(({ text }) => text === chosen),
    ),
  );
  const read = typed.trim() === '' ? null : readReference(typed);
  // What is typed can be taken as it is, though nobody has seen it yet.
  const own =
    read !== null && 'path' in read && !rows.some(({ text }) => text === referenceText(read.path)) ? read.path : null;
  const count = rows.length + (own === null ? 0 : 1);
  // Of what was found, the first that fits itself: those above it only hold it.
  const fitting = rows.findIndex(({ fits }) => fits);
  const active = Math.min(at ?? Math.max(0, fitting), count - 1);

  const toggle = (text: string, open: boolean): void => {
    const next = new Set(opened);
    if (open) next.add(text);
    else next.delete(text);
    setOpened(next);
  };
  const pick = (index: number): void => {
    const row = rows[index];
    if (row !== undefined) onPick(row.path);
    else if (own !== null) onPick(own);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const row = rows[active];
    const { selectionStart, value } = event.currentTarget;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (count > 0) setAt((active + (event.key === 'ArrowDown' ? 1 : -1) + count) % count);
        break;
      case 'ArrowRight':
        if (selectionStart !== value.length || row === undefined || !row.canOpen) return;
        toggle(row.text, true);
        break;
      case 'ArrowLeft':
        if (value !== '' || row === undefined) return;
        if (opened.has(row.text)) toggle(row.text, false);
        else
          setAt(
            Math.max(
              0,
              rows.findLastIndex((one, index) => index < active && one.depth < row.depth),
            ),
          );
        break;
      case 'Enter': {
        // A path that is typed in full means itself, not the first one that has it in its name.
        const exact = own === null ? rows.findIndex(({ text }) => text === typed.trim()) : -1;
        pick(exact >= 0 ? exact : active);
        break;
      }
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <>
      <div className="field pick-search">
        <Icon name="search" size={14} />
        <input
          role="combobox"
          aria-label={`Search or type a path for ${label}`}
          aria-expanded="true"
          aria-haspopup="tree"
          aria-controls={`${id}-tree`}
          aria-activedescendant={count > 0 ? `${id}-${active}` : undefined}
          placeholder="Search, or type a path"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div role="tree" id={`${id}-tree`} aria-label={`Data for ${label}`} className="pick-list" tabIndex={-1}>
        {rows.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the search box
          <div
            key={row.text}
            id={`${id}-${index}`}
            role="treeitem"
            tabIndex={-1}
            aria-level={row.depth + 1}
            aria-selected={index === active}
            aria-expanded={row.canOpen ? opened.has(row.text) || typed.trim() !== '' : undefined}
            aria-label={row.text}
            ref={index === active ? (shown) => shown?.scrollIntoView({ block: 'nearest' }) : undefined}
            className={`pick-row scope-row scope-depth-${Math.min(row.depth, 6)}`}
            onPointerMove={() => index !== active && setAt(index)}
            onClick={() => pick(index)}
          >
            {row.canOpen ? (
              // biome-ignore lint/a11y/noStaticElementInteractions: Right and Left do it in the search box
              // biome-ignore lint/a11y/useKeyWithClickEvents: the same
              <span
                className={`scope-fold${opened.has(row.text) ? ' is-open' : ''}`}
                onClick={(event) => {
                  event.stopPropagation();
                  toggle(row.text, !opened.has(row.text));
                }}
              >
                <Icon name="right" size={12} />
              </span>
            ) : (
              <span className="scope-fold" />
            )}
            <span className="mono">{row.name}</span>
            {row.maybe && <span className="badge badge-warning">maybe</span>}
            {row.from !== undefined && <span className="t3">by {row.from}</span>}
            <span className="grow" />
            {row.isSeen && <span className="mono t3 cut scope-value">{shortValue(row.value)}</span>}
          </div>
        ))}
        {own !== null && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the search box
          <div
            id={`${id}-${rows.length}`}
            role="treeitem"
            tabIndex={-1}
            aria-selected={active === rows.length}
            className="pick-row"
            onClick={() => onPick(own)}
          >
            Use <span className="mono cut">{referenceText(own)}</span>
          </div>
        )}
      </div>
      {count === 0 && (
        <p className="note pick-none">
          {read !== null && 'reason' in read ? read.reason : 'Nothing is available here.'}
        </p>
      )}
      {data === undefined && <p className="note pick-none">No run is shown: simulate to see values here.</p>}
    </>
  );
}

/** What holds the chosen place, or else the scopes that hold data of the run's own. */
function openedFor(path: readonly (string | number)[] | null, scopes: readonly Scope[]): ReadonlySet<string> {
  const opened = new Set(scopes.slice(0, 2).map(({ name }) => name));
  if (path !== null) for (const index of path.keys()) opened.add(referenceText(path.slice(0, index)));
  return opened;
}
