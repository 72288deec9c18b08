import { Icon } from '../ui/icon.tsx';
import { Switch } from '../ui/switch.tsx';

/** Whether begin and end of each execution are logged; acts at once. */
export const LogSwitch = ({
  label = 'Log This Action',
  checked,
  whyNot,
  onChange,
}: {
  label?: string;
  checked: boolean;
  whyNot?: string | undefined;
  onChange(on: boolean): void;
}) => (
  <span className="insp-log" title={whyNot}>
    <Icon name="log" size={14} />
    <span aria-hidden="true">{label}</span>
    <Switch label={label} checked={checked} disabled={whyNot !== undefined} onChange={onChange} />
  </span>
);
