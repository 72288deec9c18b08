import { Tabs as Parts } from 'radix-ui';
import type { ReactNode } from 'react';

interface Tab<Id extends string> {
  id: Id;
  label: string;
  /** A number beside the label. */
  count?: number | undefined;
  isBad?: boolean | undefined;
  content: ReactNode;
}

/** Tabs with their contents; only the chosen one is there. `tools` stand at the right of the tabs. */
export function Tabs<Id extends string>({
  label,
  tabs,
  value,
  onChange,
  tools,
}: {
  label: string;
  tabs: readonly Tab<Id>[];
  value: Id;
  onChange(id: Id): void;
  tools?: ReactNode;
}) {
  return (
    <Parts.Root className="tabbed" value={value} onValueChange={(id) => onChange(id as Id)}>
      <div className="tabs">
        <Parts.List className="tablist" aria-label={label}>
          {tabs.map(({ id, label: name, count, isBad }) => (
            <Parts.Trigger key={id} value={id} className="tab">
              {name}
              {count !== undefined && count > 0 && <span className={`pill${isBad ? ' pill-error' : ''}`}>{count}</span>}
            </Parts.Trigger>
          ))}
        </Parts.List>
        {tools !== undefined && <div className="tools">{tools}</div>}
      </div>
      {tabs.map(({ id, content }) => (
        <Parts.Content key={id} value={id} className="tabpanel">
          {content}
        </Parts.Content>
      ))}
    </Parts.Root>
  );
}
