import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useNode } from '../app/workspace-context.ts';
import { isOn } from '../state/switch-text.ts';
import { Icon } from '../ui/icon.tsx';
import type { FeedRow, LogFeed } from './log-feed.ts';
import { LogRow } from './log-row.tsx';

interface LogListProps {
  feed: LogFeed;
  node: string | null;
  isPaused: boolean;
  /** Not all records are asked for. */
  isFiltered: boolean;
  /** Hears whether somebody has scrolled away from the newest record. */
  onReading(isReading: boolean): void;
  onFilter(text: string): void;
}

/** How near to the end counts as the end, in pixels. */
const nearEnd = 24;

/** The records, oldest on top. It stays at the newest one until somebody scrolls up; then it holds still and counts. */
export function LogList({ feed, node, isPaused, isFiltered, onReading, onFilter }: LogListProps) {
  const { rows, waiting, status } = useStore(feed.state);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [isAway, setAway] = useState(false);
  const [opened, setOpened] = useState<ReadonlySet<string>>(none);

  // What was unfolded is being read: what comes must not push it.
  const isReading = isAway || opened.size > 0;
  useEffect(() => onReading(isReading), [isReading, onReading]);
  const follow = useCallback((atEnd: boolean): void => {
    if (isAtEnd.current === atEnd) return;
    isAtEnd.current = atEnd;
    setAway(!atEnd);
  }, []);
  const toEnd = useCallback((): void => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  useEffect(() => {
    follow(true);
    setOpened(none);
  }, [feed, follow]);
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
  }, [rows, toEnd]);
  useEffect(() => {
    if (box.current === null) return;
    // A pane that is made smaller would hide the newest record.
    const observer = new ResizeObserver(() => isAtEnd.current && toEnd());
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [toEnd]);

  const toggle = useCallback((id: string): void => {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);

  return (
    <div className="logs-body">
      <div
        className="logs-list"
        role="log"
        aria-live="off"
        aria-label={node === null ? 'Records' : `Records of ${node}`}
        ref={box}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          follow(scrollHeight - scrollTop - clientHeight < nearEnd)
        }
      >
        {rows.map((row) =>
          'record' in row ? (
            <LogRow
              key={row.id}
              record={row.record}
              isOpen={opened.has(row.id)}
              onToggle={toggle}
              onFilter={onFilter}
            />
          ) : (
            <Gap key={row.id} row={row} />
          ),
        )}
        {rows.length === 0 && status !== 'loading' && <Nothing node={node} isFiltered={isFiltered} />}
      </div>
      {isReading && (
        <button
          type="button"
          className="btn btn-s logs-newest"
          onClick={() => {
            setOpened(none);
            follow(true);
            toEnd();
          }}
        >
          <Icon name="down" size={12} />
          {waiting > 0 && !isPaused ? `${waiting.toLocaleString('en')} new` : 'To The Newest'}
        </button>
      )}
    </div>
  );
}

const none: ReadonlySet<string> = new Set();

function Gap({ row }: { row: Extract<FeedRow, { gap: unknown }> }) {
  const count = row.count === null ? 'Some' : row.count.toLocaleString('en');
  const records = row.count === 1 ? 'record is' : 'records are';
  return (
    <p className="log-gap">
      {row.gap === 'skipped'
        ? `${count} ${records} not shown: too many came at once. The log has them.`
        : `${count} ${records} missing here: they came faster than they could be sent.`}
    </p>
  );
}

function Nothing({ node, isFiltered }: { node: string | null; isFiltered: boolean }) {
  const state = useNode(node ?? '');
  const isOff = state !== undefined && !isOn(state.log.effective, Date.now());
  return (
    <div className="empty logs-empty">
      <h2>{isFiltered ? 'No record fits' : 'No records yet'}</h2>
      <p>
        {isFiltered
          ? 'Searched are the records that are stored, back to the oldest one.'
          : `What ${node ?? 'the project'} writes appears here as it is written.`}
        {!isFiltered && isOff && ' Its log is off; its menu can switch it on.'}
      </p>
    </div>
  );
}
