import { Columns } from '../app/columns.tsx';
import type { ListKind } from '../app/route.ts';
import { usePaneRequest } from '../app/use-pane-request.ts';
import { LogsPane } from '../logs/logs-pane.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { ListInspector } from './list-inspector.tsx';
import { ResourceList } from './resource-list.tsx';

interface ListScreenProps {
  kind: ListKind;
  /** Id of the resource that is chosen. */
  open?: string | undefined;
  /** Id of the operation of it that is chosen. */
  operation?: string | undefined;
}

/** A list of resources, with what belongs to the chosen one beside it. */
export function ListScreen({ kind, open, operation }: ListScreenProps) {
  const chosen = open === undefined ? null : [kind, open, operation].filter((part) => part !== undefined).join('/');
  return (
    <Columns
      main={<ResourceList key={kind} kind={kind} chosen={chosen} />}
      upper={<Upper kind={kind} chosen={chosen} />}
      lower={<Lower chosen={chosen} />}
    />
  );
}

const stay = (): void => {};

const Upper = ({ kind, chosen }: { kind: ListKind; chosen: string | null }) => (
  <Tabs
    label="Panel"
    value="inspector"
    onChange={stay}
    tabs={[{ id: 'inspector', label: 'Inspector', content: <ListInspector kind={kind} address={chosen} /> }]}
  />
);

function Lower({ chosen }: { chosen: string | null }) {
  // Both panes are on screen anyway.
  usePaneRequest(chosen, stay);
  return (
    <Tabs
      label="Lower panel"
      value="logs"
      onChange={stay}
      tabs={[{ id: 'logs', label: 'Logs', content: <LogsPane node={chosen} /> }]}
    />
  );
}
