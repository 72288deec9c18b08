import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useCanvas } from '../canvas/canvas-context.ts';
import { useSessionState } from '../canvas/session-context.ts';
import type { WorkflowGraph } from '../graph/workflow-graph.ts';
import { iconOfAction } from '../palette/sections.ts';
import { Icon } from '../ui/icon.tsx';
import { type OutlineRow, outlineRows } from './outline-rows.ts';

/** The workflow as a tree of words, in step with the canvas: the same selection, the same commands, the same menu. */
export function Outline({ graph, label }: { graph: WorkflowGraph; label: string }) {
  const { view, session } = useCanvas();
  const selected = useSessionState((state) => state.selected);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => outlineRows(graph, folded), [graph, folded]);

  const last = selected.at(-1);
  const current = rows.find(({ id, name }) => (last === undefined ? id === active : name === last)) ?? rows[0];
  const hasFocus = (): boolean => tree.current?.contains(document.activeElement) ?? false;
  const elementOf = (id: string): HTMLElement | null =>
    tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`) ?? null;

  useEffect(() => {
    if (current === undefined) return;
    const row = elementOf(current.id);
    row?.scrollIntoView({ block: 'nearest' });
    if (hasFocus()) row?.focus();
  }, [current]);

  const fold = (id: string, isFolded: boolean): void => {
    const next = new Set(folded);
    if (isFolded) next.add(id);
    else next.delete(id);
    setFolded(next);
  };
  const go = (row: OutlineRow | undefined): void => {
    if (row === undefined) return;
    setActive(row.id);
    if (row.name === null) session.select();
    else {
      session.select(row.name);
      view.stage?.reveal(row.name);
    }
    elementOf(row.id)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const focused = (event.target as HTMLElement).dataset.row;
    const at = rows.findIndex(({ id }) => id === focused);
    const row = rows[at];
    if (row === undefined) return;
    const isFolded = folded.has(row.id);
    switch (event.key) {
      case 'ArrowDown':
        go(rows[at + 1]);
        break;
      case 'ArrowUp':
        go(rows[at - 1]);
        break;
      case 'ArrowRight':
        if (row.hasRows && isFolded) fold(row.id, false);
        else if (row.hasRows) go(rows[at + 1]);
        break;
      case 'ArrowLeft':
        if (row.hasRows && !isFolded) fold(row.id, true);
        else go(rows.slice(0, at).findLast(({ level }) => level < row.level));
        break;
      case 'Home':
        go(rows[0]);
        break;
      case 'End':
        go(rows.at(-1));
        break;
      case ' ':
        go(row);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const choose = useCallback(
    (row: OutlineRow, isAdded: boolean) => {
      setActive(row.id);
      const { selected: before } = session.state.getState();
      if (row.name === null) session.select();
      else if (!isAdded) session.select(row.name);
      else
        session.select(
          ...(before.includes(row.name) ? before.filter((one) => one !== row.name) : [...before, row.name]),
        );
      if (row.name !== null) view.stage?.reveal(row.name);
    },
    [session, view],
  );
  const chosen = useMemo(() => new Set(selected), [selected]);
  return (
    <section className="outline" aria-label="Outline">
      <div
        ref={tree}
        role="tree"
        aria-label={label}
        aria-multiselectable="true"
        data-hears="canvas"
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          const { row: id } = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset ?? {};
          const row = rows.find((one) => one.id === id);
          if (row?.name == null) return;
          event.preventDefault();
          if (!chosen.has(row.name)) choose(row, false);
          view.stage?.openMenu(row.name, { x: event.clientX, y: event.clientY });
        }}
      >
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            isSelected={row.name !== null && chosen.has(row.name)}
            isCurrent={row.id === current?.id}
            isFolded={folded.has(row.id)}
            onChoose={choose}
          />
        ))}
      </div>
    </section>
  );
}

const Row = memo(function Row({
  row,
  isSelected,
  isCurrent,
  isFolded,
  onChoose,
}: {
  row: OutlineRow;
  isSelected: boolean;
  isCurrent: boolean;
  isFolded: boolean;
  onChoose(row: OutlineRow, isAdded: boolean): void;
}) {
  const { id, level, title, note, hasRows, position, count, action, isOff } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of all its rows.
    <div
      role="treeitem"
      data-row={id}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={count}
      aria-selected={isSelected}
      aria-expanded={hasRows ? !isFolded : undefined}
      tabIndex={isCurrent ? 0 : -1}
      className={`outline-row${isSelected ? ' is-selected' : ''}${isOff ? ' is-off' : ''}${action === null ? ' is-lane' : ''}`}
      style={{ paddingInlineStart: 4 + (level - 1) * 14 }}
      onClick={(event) => onChoose(row, event.shiftKey || event.ctrlKey || event.metaKey)}
    >
      <Icon name={hasRows ? (isFolded ? 'right' : 'down') : 'minus'} size={12} className={hasRows ? '' : 'is-blank'} />
      {action !== null && <Icon name={iconOfAction(action)} size={14} />}
      <span className="cut">{title}</span>
      {note !== '' && <code className="cut t3">{note}</code>}
    </div>
  );
});
