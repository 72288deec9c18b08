import { useWorkspace } from '../app/workspace-context.ts';

/** A title that is edited where it stands. Empty, what it is called without one is shown. */
export const TitleInput = ({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  value: string;
  placeholder: string;
  onChange(value: string): void;
}) => (
  <span className="insp-title">
    <span className="insp-title-size" aria-hidden="true">
      {value || placeholder}
    </span>
    <input
      aria-label={label}
      size={1}
      title={value || placeholder}
      value={value}
      placeholder={placeholder}
      autoComplete="off"
      readOnly={useWorkspace().whyNot('edit') !== undefined}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  </span>
);
