import { type KeyboardEvent, useId, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';

export interface PickerOption {
  value: string;
  /** Beside the value, such as a title. */
  note?: string | undefined;
}

interface PickerProps {
  /** Of the button, for its label. */
  id?: string;
  /** The field's name for those who do not see it. */
  label: string;
  /** What is chosen now; empty for nothing. */
  text: string;
  placeholder?: string;
  options: readonly PickerOption[];
  /** Whether what was typed may be taken though it is no option, and how that reads. */
  other?: ((typed: string) => { label: string } | null) | undefined;
  /** Shown where there is no option at all. */
  empty?: string;
  /** Stands in the box as long as nothing is typed. */
  hint?: string;
  onOpen?(): void;
  onPick(value: string): void;
}

/** A button with what is chosen; it opens a list that is searched by typing. */
export function Picker({ id, label, text, placeholder = '', onOpen, ...list }: PickerProps) {
  const [open, setOpen] = useState(false);
  const change = (next: boolean): void => {
    if (next) onOpen?.();
    setOpen(next);
  };
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={change}
      className="pick"
      anchor={
        <button type="button" id={id} className="vf-pick" aria-label={text === '' ? label : `${label}: ${text}`}>
          <span className={`mono cut${text === '' ? ' t3' : ''}`}>{text || placeholder}</span>
          <Icon name="down" size={12} />
        </button>
      }
    >
      <PickList
        label={label}
        {...list}
        onPick={(value) => {
          setOpen(false);
          list.onPick(value);
        }}
      />
    </Popover>
  );
}

const most = 100;

/** Options below a box that narrows them; arrows move, Enter picks. */
export function PickList({
  label,
  options,
  other,
  empty = 'There is nothing to choose from.',
  hint,
  onPick,
}: Pick<PickerProps, 'label' | 'options' | 'other' | 'empty' | 'hint' | 'onPick'>) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const words = typed.toLowerCase().split(/\s+/);
  const found = options.filter(({ value, note = '' }) =>
    words.every((word) => `${value} ${note}`.toLowerCase().includes(word)),
  );
  const extra =
    typed.trim() === '' || options.some(({ value }) => value === typed.trim()) ? null : other?.(typed.trim());
  const rows: (PickerOption & { label?: string })[] = [
    ...found.slice(0, most),
    ...(extra ? [{ value: typed.trim(), label: extra.label }] : []),
  ];
  const active = Math.min(at, rows.length - 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && rows.length > 0) {
      event.preventDefault();
      setAt((active + step + rows.length) % rows.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      const row = rows[active];
      if (row !== undefined) onPick(row.value);
    }
  };
  return (
    <>
      <div className="field pick-search">
        <Icon name="search" size={14} />
        <input
          // The popover puts the focus here when it opens.
          role="combobox"
          aria-label={`Search ${label}`}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={hint}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div role="listbox" id={`${id}-list`} aria-label={label} className="pick-list" tabIndex={-1}>
        {rows.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the search box
          <div
            key={row.label ?? row.value}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            ref={index === active ? (row_) => row_?.scrollIntoView({ block: 'nearest' }) : undefined}
            className="pick-row"
            onPointerMove={() => index !== active && setAt(index)}
            onClick={() => onPick(row.value)}
          >
            <span className={row.label === undefined ? 'mono cut' : 'cut'}>{row.label ?? row.value}</span>
            {row.note !== undefined && <span className="t3 cut">{row.note}</span>}
          </div>
        ))}
      </div>
      {rows.length === 0 && (
        <p className="note pick-none">{options.length === 0 ? empty : `Nothing is called “${typed}”.`}</p>
      )}
      {found.length > most && <p className="note pick-none">{found.length - most} more; type to narrow them.</p>}
    </>
  );
}
