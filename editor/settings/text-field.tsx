import { type InputHTMLAttributes, useId } from 'react';

/** A labelled line of text in a form. */
export function TextField({
  label,
  note,
  value,
  onChange,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> & {
  label: string;
  /** A dialog that opens has the focus here. */
  'data-first'?: boolean | undefined;
  note?: string;
  value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <div className="field">
        <input
          {...rest}
          id={id}
          value={value}
          spellCheck={false}
          autoComplete={rest.autoComplete ?? 'off'}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} className="note">
          {note}
        </p>
      )}
    </div>
  );
}
