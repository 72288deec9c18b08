import { lazy, memo, Suspense } from 'react';
import { LevelMark } from '../ui/level.tsx';
import type { RecordAnswer } from './record-answer.ts';
import { RecordMenu } from './record-menu.tsx';
import { msText, textOf, timeText } from './record-text.ts';

const RecordDetail = lazy(async () => ({ default: (await import('./record-detail.tsx')).RecordDetail }));

interface LogRowProps {
  record: RecordAnswer;
  isOpen: boolean;
  onToggle(id: string): void;
  onFilter(text: string): void;
}

/** One record in one line; a click on it shows the whole of it. There are up to 2,000, so each is drawn once. */
export const LogRow = memo(function LogRow({ record, isOpen, onToggle, onFilter }: LogRowProps) {
  const { subject, status, detail } = textOf(record);
  const { level, ms } = record;
  return (
    <article className={`log-row log-${level}${isOpen ? ' is-open' : ''}`}>
      <div className="log-line">
        <time dateTime={record.time} title={record.time}>
          {timeText(record.time)}
        </time>
        <LevelMark level={level} withWord={false} />
        <button type="button" className="log-text" aria-expanded={isOpen} onClick={() => onToggle(record.id)}>
          {subject !== '' && <b title={subject}>{subject}</b>}
          {status !== undefined && <b className="log-status">{status}</b>}
          {detail !== '' && <span>{detail}</span>}
        </button>
        <span className="log-ms">{ms !== undefined && msText(ms)}</span>
        <RecordMenu record={record} onFilter={onFilter} />
      </div>
      {isOpen && (
        <Suspense fallback={<p className="note loading">Loading…</p>}>
          <RecordDetail record={record} />
        </Suspense>
      )}
    </article>
  );
});
