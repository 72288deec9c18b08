import { Fragment, type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useProject } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { type Entry, findActions } from './rank.ts';
import { recentlyUsed } from './recently-used.ts';
import { type Group, iconOfAction, sectionsOf } from './sections.ts';

/** Found actions that are drawn at once. */
const most = 60;

/**
 * The library: search, what was used lately, and everything by category. Arrow keys go from the search into the list and
 * through it; Enter picks.
 */
export function ActionList({
  label,
  onPick,
  onPress,
  isFocused = false,
}: {
  /** What the search of this one is called, since two can be open. */
  label: string;
  onPick(action: Entry): void;
  /** Called when a pointer is pressed on an entry, which may become a drag. */
  onPress?(event: PointerEvent, action: Entry): void;
  /** Whether the search takes the focus when it is first drawn. */
  isFocused?: boolean;
}) {
  const { library } = useProject();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);
  const found = useMemo(() => (text.trim() === '' ? null : findActions(library.values(), text)), [library, text]);

  const entryOf = (entry: Entry) => (
    <li key={entry.id}>
      <button
        type="button"
        className="entry"
        title={entry.summary}
        tabIndex={-1}
        onClick={() => onPick(entry)}
        onPointerDown={(event) => event.button === 0 && onPress?.(event, entry)}
      >
        <Icon name={iconOfAction(entry.id)} size={14} />
        <span className="cut">{entry.title}</span>
        <code className="cut t3">{entry.id}</code>
      </button>
    </li>
  );

  return (
    <search
      aria-label={label}
      className="action-list"
      onKeyDown={(event) => {
        if (goThrough(event, field.current, list.current)) event.preventDefault();
      }}
    >
      <label className="field">
        <Icon name="search" size={14} />
        <input
          ref={field}
          type="search"
          aria-label="Search actions"
          placeholder="Add an action"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found ?? [];
            if (event.key === 'Enter' && first !== undefined) {
              event.preventDefault();
              setText('');
              onPick(first);
            } else if (event.key === 'Escape' && text !== '') {
              event.stopPropagation();
              setText('');
            }
          }}
        />
        <Keys keys="/" />
      </label>
      <div className="entries" ref={list}>
        {library.size === 0 && <p className="note">Loading the library…</p>}
        {found === null ? (
          <Sections entryOf={entryOf} />
        ) : (
          <>
            <p className="vh" role="status">
              {found.length === 1 ? '1 action found' : `${found.length} actions found`}
            </p>
            {found.length === 0 ? (
              <p className="note">
                No action has <b>{text}</b> in its name, title, other names or summary. {library.size} were looked at.
              </p>
            ) : (
              <ul aria-label="Found actions">{found.slice(0, most).map(entryOf)}</ul>
            )}
            {found.length > most && <p className="note">And {found.length - most} more: type another word.</p>}
          </>
        )}
      </div>
    </search>
  );
}

function Sections({ entryOf }: { entryOf(entry: Entry): React.ReactElement }) {
  const { library } = useProject();
  const recent = useStore(recentlyUsed);
  const sections = useMemo(() => sectionsOf(library), [library]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const used = recent.flatMap((id) => library.get(id) ?? []);
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const groupOf = ({ id, title, icon, entries }: Group) => (
    <li key={id}>
      <button type="button" className="entry" aria-expanded={open.has(id)} tabIndex={-1} onClick={() => toggle(id)}>
        <Icon name={icon} size={14} />
        <span className="cut">{title}</span>
        <em>{entries.length}</em>
      </button>
      {open.has(id) && (
        <ul aria-label={title} className="entries-inner">
          {entries.map(entryOf)}
        </ul>
      )}
    </li>
  );
  return (
    <>
      {used.length > 0 && (
        <>
          <h2>Recently used</h2>
          <ul aria-label="Recently used">{used.map(entryOf)}</ul>
        </>
      )}
      {sections.map(({ title, entries, groups }) => (
        <Fragment key={title}>
          <h2>{title}</h2>
          <ul aria-label={title}>
            {entries.map(entryOf)}
            {groups.map(groupOf)}
          </ul>
        </Fragment>
      ))}
    </>
  );
}

/** Moves the focus between search and entries, and folds groups; answers whether the key was one for that. */
function goThrough(event: KeyboardEvent, field: HTMLElement | null, list: HTMLElement | null): boolean {
  const { key, target } = event;
  const entries = [...(list?.querySelectorAll<HTMLElement>('.entry') ?? [])];
  const at = entries.indexOf(target as HTMLElement);
  const go = (to: HTMLElement | null | undefined): boolean => {
    to?.focus();
    to?.scrollIntoView({ block: 'nearest' });
    return true;
  };
  if (target === field) return key === 'ArrowDown' && go(entries[0]);
  if (at === -1) return false;
  const entry = entries[at] as HTMLElement;
  switch (key) {
    case 'ArrowDown':
      return go(entries[at + 1] ?? entry);
    case 'ArrowUp':
      return go(entries[at - 1] ?? field);
    case 'Home':
      return go(entries[0]);
    case 'End':
      return go(entries.at(-1));
    case 'ArrowRight':
      if (entry.ariaExpanded === 'false') entry.click();
      return true;
    case 'ArrowLeft': {
      const group = entry.closest('.entries-inner')?.previousElementSibling as HTMLElement | null | undefined;
      if (entry.ariaExpanded === 'true') entry.click();
      else if (group) go(group);
      return true;
    }
    default:
      return false;
  }
}
