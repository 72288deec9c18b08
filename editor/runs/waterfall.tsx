import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { useSession, useSessionState } from '../canvas/session-context.ts';
import { attemptsAt, type ShownRun } from '../state/shown-run.ts';
import { Icon } from '../ui/icon.tsx';
import { calledRun, carry, openRun } from './replay-run.ts';
import { type WaterfallRow, waterfallRows } from './waterfall-rows.ts';
import { msInWords } from './words.ts';

const rowHeight = 24;
/** Lines above and below what is seen, so that scrolling finds them there. */
const spare = 12;

/** The tree of what a run did, child runs included, with durations as bars to scale. Only what is seen is drawn. */
export function Waterfall({ run }: { run: ShownRun }) {
  const session = useSession();
  const { go } = useWorkspace();
  const id = useId();
  const selected = useSessionState((state) => state.selected);
  const iterations = useSessionState((state) => state.iterations);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState('0');
  const rows = useMemo(() => waterfallRows(run, folded), [run, folded]);
  const chosen = useMemo(
    () => new Set(selected.flatMap((action) => attemptsAt(run, action, iterations))),
    [run, selected, iterations],
  );
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  const at = Math.max(
    rows.findIndex(({ key }) => key === active),
    0,
  );

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  const open = (row: WaterfallRow): void => {
    setActive(row.key);
    const { span, called, iterations } = row;
    if (called !== null) {
      const child = calledRun(called, run);
      carry(child);
      openRun(go, span.node, child.id);
      return;
    }
    session.state.setState({ selected: span.run === undefined ? [row.name] : [], iterations, lower: 'trace' });
  };
  const fold = (row: WaterfallRow, isFolded: boolean): void => {
    const next = new Set(folded);
    if (isFolded) next.add(row.key);
    else next.delete(row.key);
    setFolded(next);
  };
  const move = (index: number): void => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    const element = box.current;
    if (row === undefined || element === null) return;
    setActive(row.key);
    const top = rows.indexOf(row) * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(seen.height / rowHeight) - 1);
    switch (event.key) {
      case 'ArrowDown':
        move(at + 1);
        break;
      case 'ArrowUp':
        move(at - 1);
        break;
      case 'PageDown':
        move(at + page);
        break;
      case 'PageUp':
        move(at - page);
        break;
      case 'Home':
        move(0);
        break;
      case 'End':
        move(rows.length - 1);
        break;
      case 'ArrowRight':
        if (row.hasChildren && !row.isOpen) fold(row, false);
        else if (row.hasChildren) move(at + 1);
        break;
      case 'ArrowLeft':
        if (row.hasChildren && row.isOpen) fold(row, true);
        else move(rows.findIndex(({ key }) => key === row.key.slice(0, Math.max(row.key.lastIndexOf('.'), 0))));
        break;
      case 'Enter':
      case ' ':
        open(row);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const first = Math.max(0, Math.floor(seen.top / rowHeight) - spare);
  const last = Math.min(rows.length, Math.ceil((seen.top + seen.height) / rowHeight) + spare);
  // The active line is always there: it is what a screen reader is told of.
  const drawn = rows.slice(first, last).map((row, index) => ({ row, index: first + index }));
  const activeRow = rows[at];
  if (activeRow !== undefined && (at < first || at >= last)) drawn.push({ row: activeRow, index: at });
  return (
    <div
      ref={box}
      className="waterfall"
      role="tree"
      aria-label="What ran"
      tabIndex={0}
      aria-activedescendant={activeRow === undefined ? undefined : `${id}${activeRow.key}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="waterfall-all" style={{ height: rows.length * rowHeight }}>
        {drawn.map(({ row, index }) => (
          <Line
            key={row.key}
            id={`${id}${row.key}`}
            row={row}
            top={index * rowHeight}
            isActive={index === at}
            isChosen={chosen.has(row.span)}
            open={open}
            fold={fold}
          />
        ))}
      </div>
    </div>
  );
}

interface LineProps {
  id: string;
  row: WaterfallRow;
  top: number;
  isActive: boolean;
  isChosen: boolean;
  open(row: WaterfallRow): void;
  fold(row: WaterfallRow, isFolded: boolean): void;
}

function Line({ id, row, top, isActive, isChosen, open, fold }: LineProps) {
  const { span, level, name, note, hasChildren, isOpen, size, position, from, width } = row;
  const isFailed = span.error !== null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys, and moves through its lines.
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      className={`wf-row${isActive ? ' is-active' : ''}${isChosen ? ' is-chosen' : ''}${isFailed ? ' is-failed-row' : ''}`}
      aria-level={level + 1}
      aria-setsize={size}
      aria-posinset={position}
      aria-selected={isChosen}
      aria-expanded={hasChildren ? isOpen : undefined}
      style={{ top }}
      onClick={() => open(row)}
    >
      <span className="wf-name" style={{ paddingInlineStart: level * 12 }}>
        {hasChildren ? (
          <span
            className={`wf-fold${isOpen ? ' is-open' : ''}`}
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              fold(row, isOpen);
            }}
          >
            <Icon name="right" size={12} />
          </span>
        ) : (
          <span className="wf-fold" />
        )}
        <Icon name={isFailed ? 'failed' : 'ok'} size={12} className={isFailed ? 'is-failed' : 'is-ok'} />
        <span className="mono cut">{name}</span>
        {note !== '' && <span className="note">{note}</span>}
        {isFailed && <span className="vh">failed, {span.error?.code}</span>}
      </span>
      <span className="wf-bars" aria-hidden="true">
        <span
          className={`wf-bar${isFailed ? ' is-bad' : ''}`}
          style={{ left: `${from * 100}%`, width: `max(2px, ${width * 100}%)` }}
        />
      </span>
      <span className="wf-ms">{msInWords(span.ms)}</span>
    </div>
  );
}
