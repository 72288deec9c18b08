import { memo, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { type DataPath, type DataRow, pageSize } from './data-rows.ts';
import { isRedacted, type Mark, markOf } from './mark.ts';
import { shortValue, typeInWords } from './short-value.ts';

/** Characters of a text that are shown at first, and at most. */
const shortText = 200;
const longText = 100_000;

interface RowProps {
  row: DataRow;
  /** Whether the keys are on it. */
  isActive: boolean;
  isPointedAt: boolean;
  /** What is searched for; empty for nothing. */
  wanted: string;
  onActivate(id: string): void;
  onPoint(id: string): void;
  onAct(row: DataRow): void;
  onCopyValue(value: unknown): void;
  onCopyPath(path: DataPath): void;
}

export const DataTreeRow = memo(
  function DataTreeRow({
    row,
    isActive,
    isPointedAt,
    wanted,
    onActivate,
    onPoint,
    onAct,
    onCopyValue,
    onCopyPath,
  }: RowProps) {
    const { id, depth, position, siblings } = row;
    const isOpen = row.kind === 'value' ? row.isOpen : null;
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys.
      <div
        role="treeitem"
        aria-level={depth + 1}
        aria-posinset={position}
        aria-setsize={siblings}
        aria-selected={isActive}
        {...(isOpen !== null && { 'aria-expanded': isOpen })}
        tabIndex={isActive ? 0 : -1}
        data-id={id}
        className="data-row"
        style={{ '--depth': depth } as React.CSSProperties}
        onFocus={() => onActivate(id)}
        onPointerEnter={() => onPoint(id)}
        onClick={() => getSelection()?.isCollapsed !== false && onAct(row)}
      >
        <span className="data-fold">{isOpen !== null && <Icon name={isOpen ? 'down' : 'right'} size={12} />}</span>
        {row.kind === 'more' ? (
          <span className="data-more">
            Show {Math.min(pageSize, row.left)} More of {row.left.toLocaleString('en')}
          </span>
        ) : (
          <>
            {row.name !== null && (
              <span className="data-key">
                {marked(String(row.name), typeof row.name === 'string' ? wanted : '')}
                <span className="data-colon">:</span>
              </span>
            )}
            <Value value={row.value} isOpen={isOpen} wanted={wanted} />
            {(isActive || isPointedAt) && (
              <span className="data-tools">
                <Tool label="Copy Value" icon="copy" onClick={() => onCopyValue(row.value)} />
                <Tool label="Copy Path" icon="link" onClick={() => onCopyPath(row.path)} />
              </span>
            )}
          </>
        )}
      </div>
    );
  },
  // What the callbacks do follows from the row.
  (before, after) =>
    before.row === after.row &&
    before.isActive === after.isActive &&
    before.isPointedAt === after.isPointedAt &&
    before.wanted === after.wanted,
);

const Tool = ({ label, icon, onClick }: { label: string; icon: 'copy' | 'link'; onClick(): void }) => (
  <button
    type="button"
    tabIndex={-1}
    className="btn btn-quiet btn-icon data-tool"
    aria-label={label}
    title={label}
    onClick={(event) => {
      event.stopPropagation();
      onClick();
    }}
  >
    <Icon name={icon} size={12} />
  </button>
);

function Value({ value, isOpen, wanted }: { value: unknown; isOpen: boolean | null; wanted: string }) {
  if (typeof value === 'string') return <Text text={value} wanted={wanted} />;
  if (typeof value !== 'object' || value === null) {
    const text = value === undefined ? 'nothing' : String(value);
    return <span className={typeof value === 'number' ? 'data-number' : 'data-word'}>{marked(text, wanted)}</span>;
  }
  const mark = markOf(value);
  if (mark !== null) return <Stands mark={mark} />;
  if (isOpen === null) return <span className="data-bracket">{Array.isArray(value) ? '[]' : '{}'}</span>;
  return (
    <>
      <span className="data-bracket">{Array.isArray(value) ? '[ ]' : '{ }'}</span>
      <span className="data-size">{typeInWords(value)}</span>
      {!isOpen && <span className="data-gist cut">{shortValue(value, 100)}</span>}
    </>
  );
}

const markIcons = { cut: 'cut', secret: 'secret', bytes: 'file', date: 'calendar', redacted: 'lock' } as const;

/** What stands for a value: with a word and a picture, so that it is not taken for data. */
const Stands = ({ mark: { kind, text, head } }: { mark: Mark }) => (
  <>
    {head !== undefined && <span className="data-string data-head cut">{shortValue(head, shortText)}</span>}
    <span className="data-mark">
      <Icon name={markIcons[kind]} size={12} />
      {text}
    </span>
  </>
);

function Text({ text, wanted }: { text: string; wanted: string }) {
  const [isWhole, showWhole] = useState(false);
  if (isRedacted(text)) {
    return (
      <span className="data-mark">
        <Icon name="lock" size={12} />
        {text.slice(1, -1)}
      </span>
    );
  }
  const shown = text.slice(0, isWhole ? longText : shortText);
  const left = text.length - shown.length;
  return (
    <span className="data-text">
      <span className={`data-string${isWhole ? ' data-whole' : ''}`}>
        {marked(isWhole ? shown : JSON.stringify(shown), wanted)}
      </span>
      {left > 0 && ' '}
      {left > 0 &&
        (isWhole ? (
          <span className="data-size">and {left.toLocaleString('en')} characters more; Copy Value has them all</span>
        ) : (
          <button
            type="button"
            className="data-all"
            onClick={(event) => {
              event.stopPropagation();
              showWhole(true);
            }}
          >
            Show All {text.length.toLocaleString('en')} Characters
          </button>
        ))}
    </span>
  );
}

/** A text with what is searched for marked, where it occurs first. */
function marked(text: string, wanted: string): React.ReactNode {
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  );
}
