import { useId } from 'react';
import type { Level } from '../../engine/document/types.ts';
import { Icon } from '../ui/icon.tsx';
import { LevelMark } from '../ui/level.tsx';
import { allLevels, type FeedState } from './log-feed.ts';

interface LogsBarProps {
  status: FeedState['status'];
  isPaused: boolean;
  /** Records that came since it was paused. */
  waiting: number;
  levels: ReadonlySet<Level>;
  text: string;
  /** What is wrong with the text. */
  fault: string | null;
  whyNotClear: string | undefined;
  onPause(isPaused: boolean): void;
  onLevels(levels: ReadonlySet<Level>): void;
  onText(text: string): void;
  onDownload(): void;
  onClear(): void;
}

const words: Record<FeedState['status'], string> = {
  loading: 'Loading',
  live: 'Live',
  away: 'Waiting for the engine',
  refused: 'Not live',
};

/** What stands above the records: whether they are live, which of them are shown, and what can be done with all of them. */
export function LogsBar(props: LogsBarProps) {
  const { status, isPaused, waiting, levels, text, fault, whyNotClear } = props;
  const { onPause, onLevels, onText, onDownload, onClear } = props;
  const id = useId();
  const toggle = (level: Level): void => {
    const next = new Set(levels);
    if (!next.delete(level)) next.add(level);
    onLevels(next);
  };
  return (
    <div className="logs-bar">
      <div className="logs-tools">
        <span className={`logs-state${status === 'live' && !isPaused ? ' is-live' : ''}`}>
          <span role="status">{isPaused ? 'Paused' : words[status]}</span>
          {waiting > 0 && <span className="note">{waiting.toLocaleString('en')} new</span>}
        </span>
        <button
          type="button"
          className="btn btn-quiet btn-icon btn-s"
          aria-label={isPaused ? 'Resume' : 'Pause'}
          title={isPaused ? 'Resume' : 'Pause'}
          onClick={() => onPause(!isPaused)}
        >
          <Icon name={isPaused ? 'play' : 'pause'} size={14} />
        </button>
        <span className="grow" />
        <button
          type="button"
          className="btn btn-s"
          title="Download user.log and usage.log of the whole engine, of all nodes"
          onClick={onDownload}
        >
          <Icon name="download" size={14} />
          Download Logs
        </button>
        <button
          type="button"
          className="btn btn-s"
          aria-disabled={whyNotClear !== undefined}
          title={whyNotClear ?? 'Clear the logs of the whole engine, of all nodes'}
          onClick={() => whyNotClear === undefined && onClear()}
        >
          <Icon name="clear" size={14} />
          Clear Logs
        </button>
      </div>
      <div className="logs-tools">
        <fieldset className="seg seg-s">
          <legend className="vh">Levels that are shown</legend>
          {allLevels.map((level) => (
            <button
              key={level}
              type="button"
              aria-pressed={levels.has(level)}
              title={`${levels.has(level) ? 'Hide' : 'Show'} ${level}`}
              onClick={() => toggle(level)}
            >
              <LevelMark level={level} withWord={false} />
            </button>
          ))}
        </fieldset>
        <label className={`field field-s grow${fault === null ? '' : ' bad'}`}>
          <Icon name="filter" size={12} />
          <input
            type="text"
            aria-label="Filter records"
            aria-invalid={fault !== null}
            aria-describedby={fault === null ? undefined : id}
            placeholder="words, field:value, -not"
            spellCheck={false}
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
        </label>
      </div>
      {fault !== null && (
        <p className="logs-text-fault" id={id} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
