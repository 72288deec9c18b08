import { Switch as Parts } from 'radix-ui';

/** On or off, at once. `label` is its accessible name; text beside it belongs into the caller's label. */
export const Switch = ({
  label,
  checked,
  disabled = false,
  onChange,
}: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange(checked: boolean): void;
}) => (
  <Parts.Root className="switch" aria-label={label} checked={checked} disabled={disabled} onCheckedChange={onChange}>
    <Parts.Thumb className="switch-thumb" />
  </Parts.Root>
);
