import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';

/** One of few texts, as the browser offers them. */
export const Select = ({
  id,
  label,
  value,
  onChange,
  children,
}: {
  id?: string;
  /** The field's name for those who do not see it. */
  label: string;
  value: string;
  onChange(value: string): void;
  /** The options. */
  children: ReactNode;
}) => (
  <>
    <select
      id={id}
      className="vf-select mono"
      aria-label={label}
      aria-describedby={id && `${id}-note`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </select>
    <Icon name="down" size={12} className="vf-arrow" />
  </>
);
