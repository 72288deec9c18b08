import { type ReactNode, type RefObject, useId } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Switch } from '../ui/switch.tsx';

interface FieldProps {
  label: string;
  /** What it is for, as a sentence; said below it. */
  help?: ReactNode;
  /** What is wrong, what is allowed and what was found; null for nothing. */
  fault?: string | null;
  /** Odd, but allowed. */
  warning?: string | null;
}

/** A label, its control, and below them what is wrong or else what it is for. */
function Field({
  label,
  help,
  fault = null,
  warning = null,
  children,
}: FieldProps & { children(ids: { id: string; describedBy: string; isBad: boolean }): ReactNode }) {
  const id = useId();
  return (
    <div className="form-field">
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: `${id}-note`, isBad: fault !== null })}
      <FieldNote id={`${id}-note`} help={help} fault={fault} warning={warning} />
    </div>
  );
}

export const FieldNote = ({ id, help, fault = null, warning = null }: Omit<FieldProps, 'label'> & { id: string }) => (
  <div id={id} className="form-notes" aria-live="polite">
    {fault !== null && (
      <p className="form-fault">
        <Icon name="warn" size={14} />
        <span>{fault}</span>
      </p>
    )}
    {fault === null && warning !== null && (
      <p className="form-warning">
        <Icon name="warn" size={14} />
        <span>{warning}</span>
      </p>
    )}
    {fault === null && help !== undefined && <p className="note">{help}</p>}
  </div>
);

interface TextFieldProps extends FieldProps {
  value: string;
  onChange(value: string): void;
  onBlur?(): void;
  isMono?: boolean;
  placeholder?: string;
  inputMode?: 'numeric';
  /** Has the focus when it appears. */
  isFirst?: boolean;
  isReadOnly?: boolean;
  input?: RefObject<HTMLInputElement | null>;
}

export const TextField = ({
  value,
  onChange,
  onBlur,
  isMono = false,
  placeholder,
  inputMode,
  isFirst = false,
  isReadOnly = false,
  input,
  ...field
}: TextFieldProps) => (
  <Field {...field}>
    {({ id, describedBy, isBad }) => (
      <div className={`field${isBad ? ' bad' : ''}${isReadOnly ? ' is-fixed' : ''}`}>
        <input
          ref={input}
          id={id}
          className={isMono ? 'mono' : ''}
          value={value}
          placeholder={placeholder}
          inputMode={inputMode}
          autoComplete="off"
          spellCheck={!isMono}
          readOnly={isReadOnly}
          aria-invalid={isBad}
          aria-describedby={describedBy}
          data-first={isFirst || undefined}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
        />
      </div>
    )}
  </Field>
);

export const TextAreaField = ({
  value,
  onChange,
  rows = 2,
  isMono = false,
  ...field
}: FieldProps & { value: string; rows?: number; isMono?: boolean; onChange(value: string): void }) => (
  <Field {...field}>
    {({ id, describedBy, isBad }) => (
      <textarea
        id={id}
        className={`text-area${isMono ? ' mono' : ''}${isBad ? ' bad' : ''}`}
        rows={rows}
        value={value}
        spellCheck={!isMono}
        aria-invalid={isBad}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

export interface Option {
  value: string;
  label: string;
}

export const ChoiceField = ({
  value,
  options,
  onChange,
  ...field
}: FieldProps & { value: string; options: readonly Option[]; onChange(value: string): void }) => (
  <Field {...field}>
    {({ id, describedBy, isBad }) => (
      <div className={`field field-choice${isBad ? ' bad' : ''}`}>
        <select
          id={id}
          value={value}
          aria-invalid={isBad}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={14} />
      </div>
    )}
  </Field>
);

/** One of a few, all of them in sight. */
export const SegmentField = ({
  label,
  value,
  options,
  onChange,
  help,
}: FieldProps & { value: string; options: readonly Option[]; onChange(value: string): void }) => {
  const id = useId();
  return (
    <div className="form-field">
      <span className="form-label" id={id}>
        {label}
      </span>
      <fieldset className="seg" aria-labelledby={id}>
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            aria-pressed={value === option.value}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </button>
        ))}
      </fieldset>
      <FieldNote id={`${id}-note`} help={help} />
    </div>
  );
};

export const FlagField = ({
  label,
  checked,
  onChange,
  help,
  fault = null,
}: FieldProps & { checked: boolean; onChange(checked: boolean): void }) => {
  const id = useId();
  return (
    <div className="form-field">
      <div className="row form-flag">
        <Switch label={label} checked={checked} onChange={onChange} />
        <span aria-hidden="true">{label}</span>
      </div>
      <FieldNote id={id} help={help} fault={fault} />
    </div>
  );
};
