import { Columns } from '../app/columns.tsx';
import type { ListKind } from '../app/route.ts';
import { LogsPane } from '../logs/logs-pane.tsx';
import { ResourceList } from './resource-list.tsx';

/** A list of resources, with what belongs to the one that is open beside it. */
export const ListScreen = ({ kind, open }: { kind: ListKind; open?: string | undefined }) => (
  <Columns
    main={<ResourceList key={kind} kind={kind} open={open} />}
    upper={null}
    lower={<LogsPane node={open === undefined ? null : `${kind}/${open}`} />}
  />
);
