import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { Fault } from './frames.tsx';
import { type PickerOption, PickList } from './picker.tsx';

interface KeyInputProps {
  label: string;
  value?: string;
  taken: readonly string[];
  onDone(key: string): void;
  onCancel(): void;
}

/** The name of a key: Enter takes it, Escape gives it up. */
export function KeyInput({ label, value = '', taken, onDone, onCancel }: KeyInputProps) {
  const [typed, setTyped] = useState(value);
  const fault = taken.includes(typed) ? `There is a key ${JSON.stringify(typed)} already.` : null;
  const done = (): void => {
    if (typed !== '' && fault === null) onDone(typed);
  };
  return (
    <div className="vf">
      <div className={`vf-box${fault === null ? '' : ' bad'}`}>
        <input
          className="vf-input mono"
          aria-label={label}
          placeholder="Name of the key"
          autoComplete="off"
          value={typed}
          ref={(input) => {
            if (input !== null && document.activeElement !== input && typed === value) input.focus();
          }}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => (typed === value || typed === '' || fault !== null ? onCancel() : done())}
          onKeyDown={(event) => {
            if (event.key === 'Enter') done();
            if (event.key === 'Escape') onCancel();
            if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation();
          }}
        />
      </div>
      {fault !== null && <Fault severity="error" message={fault} />}
    </div>
  );
}

interface AddKeyProps {
  label: string;
  taken: readonly string[];
  /** Keys that the schema has and the object has not. */
  options: readonly PickerOption[];
  /** Any other key is allowed too. */
  isFree: boolean;
  onAdd(key: string): void;
}

/** Adds a key: one that the schema knows, or any. */
export function AddKey({ label, taken, options, isFree, onAdd }: AddKeyProps) {
  const [open, setOpen] = useState(false);
  if (!isFree && options.length === 0) return null;
  const add = (key: string): void => {
    setOpen(false);
    onAdd(key);
  };
  return (
    <Popover
      label={`Add a key to ${label}`}
      open={open}
      onOpenChange={setOpen}
      align="end"
      className={options.length === 0 ? '' : 'pick'}
      anchor={
        <button type="button" className="btn btn-quiet btn-s" aria-label={`Add a key to ${label}`}>
          <Icon name="add" size={12} />
          Key
        </button>
      }
    >
      {options.length === 0 ? (
        <KeyInput
          label={`Name of the new key of ${label}`}
          taken={taken}
          onDone={add}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <PickList
          label={`Keys of ${label}`}
          options={options}
          other={isFree ? (typed) => (taken.includes(typed) ? null : { label: `Add ${typed}` }) : undefined}
          onPick={add}
        />
      )}
    </Popover>
  );
}
