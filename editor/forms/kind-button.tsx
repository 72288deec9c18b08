import { Icon, type IconName } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { type ValueKind, valueKinds } from './value-kinds.ts';

/** Each kind in words, and its picture. */
export const kindWords: Record<ValueKind, { label: string; icon: IconName }> = {
  literal: { label: 'Literal', icon: 'literal' },
  reference: { label: 'Reference', icon: 'link' },
  jsonata: { label: 'JSONata', icon: 'jsonata' },
  template: { label: 'Template', icon: 'template' },
  comparison: { label: 'Comparison', icon: 'comparison' },
  secret: { label: 'Secret', icon: 'secret' },
  steps: { label: 'Nested workflow', icon: 'steps' },
};

interface KindButtonProps {
  /** The field's name for those who do not see it. */
  label: string;
  kind: ValueKind;
  onChange(kind: ValueKind): void;
}

/** Says what fills a field, and opens the menu of what else can. */
export function KindButton({ label, kind, onChange }: KindButtonProps) {
  const { icon, label: word } = kindWords[kind];
  const items = valueKinds.map((one, index) => ({
    id: one,
    icon: kindWords[one].icon,
    label: kindWords[one].label,
    keys: String(index + 1),
    checked: one === kind,
    perform: () => onChange(one),
  }));
  return (
    <Menu label={`Kind of ${label}`} head={<>Value of {label}</>} align="start" groups={[items]}>
      <button
        type="button"
        className="vf-kind"
        aria-label={`Kind of ${label}: ${word}`}
        title={`${word}. Change the kind`}
      >
        <Icon name={icon} size={14} />
        <Icon name="down" size={10} />
      </button>
    </Menu>
  );
}
