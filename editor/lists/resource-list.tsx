import { Fragment, memo, useCallback, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Client, Operation, Server, Service } from '../../engine/document/types.ts';
import type { ListKind } from '../app/route.ts';
import { useProject, useWorkspace } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { ListBar } from './list-bar.tsx';
import { isWanted, type ListFilter } from './list-filter.ts';
import { matches } from './matches.ts';
import { OperationRow } from './operation-row.tsx';
import { ResourceRow } from './resource-row.tsx';
import { useRows } from './use-rows.ts';

const names = { server: 'Servers', service: 'Services', client: 'Clients' } as const;
const one = { server: 'Server', service: 'Service', client: 'Client' } as const;
const where = { server: 'Listens on', service: 'Operations', client: 'Type' } as const;
const filtersOf: Record<ListKind, readonly ListFilter[]> = {
  server: ['running', 'failed', 'stopped', 'log', 'capture'],
  service: ['log', 'capture'],
  client: ['running', 'stopped', 'log', 'capture'],
};

/** A list this short shows its operations from the start, and so does a search that finds no more than some. */
const smallList = 5;
const fewFound = 20;
/** So many resources are drawn, and so many operations of one; buttons show more. */
const pageSize = 200;
const mostOperations = 100;

interface ResourceListProps {
  kind: ListKind;
  /** The address that is chosen: of a resource, or of an operation; null for none. */
  chosen: string | null;
}

/** Servers, services or clients, one row each, with their operations below them. */
export function ResourceList({ kind, chosen }: ResourceListProps) {
  const { nodes } = useProject();
  const { drafts } = useWorkspace();
  const resources: readonly (Server | Service | Client)[] = useStore(drafts.resources(kind));
  const [search, setSearch] = useState('');
  const [filters, setFilters] = useState<ReadonlySet<ListFilter>>(new Set());
  useEffect(() => {
    document.title = `${names[kind]} · Sluice`;
  }, [kind]);
  const counts = useMemo(
    () =>
      new Map(
        filtersOf[kind].map((filter) => [
          filter,
          resources.filter(({ id }) => isWanted(filter, nodes.get(`${kind}/${id}`), Date.now())).length,
        ]),
      ),
    [kind, resources, nodes],
  );
  // What is typed is seen at once; what it finds may come a moment later.
  const shownSearch = useDeferredValue(search);
  return (
    <>
      <ListBar
        kind={kind}
        title={names[kind]}
        count={resources.length}
        search={search}
        filters={filters}
        counts={counts}
        onSearch={setSearch}
        onFilters={setFilters}
      />
      <ResourceTable kind={kind} chosen={chosen} resources={resources} search={shownSearch} filters={filters} />
      <Legend />
    </>
  );
}

interface ResourceTableProps extends ResourceListProps {
  resources: readonly (Server | Service | Client)[];
  search: string;
  filters: ReadonlySet<ListFilter>;
}

const ResourceTable = memo(function ResourceTable({ kind, chosen, resources, search, filters }: ResourceTableProps) {
  const { connection, nodes } = useProject();
  const { drafts } = useWorkspace();
  const drafted = useStore(drafts.drafts);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [limit, setLimit] = useState(pageSize);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const base = useId();

  // Without a filter the list does not depend on how its nodes are.
  const filtered = filters.size === 0 ? null : nodes;
  const found = useMemo(() => {
    const now = Date.now();
    return resources.filter(
      (resource) =>
        matches(resource, search) &&
        (filtered === null || [...filters].some((one) => isWanted(one, filtered.get(`${kind}/${resource.id}`), now))),
    );
  }, [kind, resources, search, filters, filtered]);
  const [, chosenId, chosenOperation] = chosen?.split('/') ?? [];
  const shown = useMemo(() => {
    const first = found.slice(0, limit);
    // What is chosen is there, wherever it stands.
    const late = found.slice(limit).find(({ id }) => id === chosenId);
    return late === undefined ? first : [...first, late];
  }, [found, limit, chosenId]);
  const opensAll = resources.length <= smallList || (search !== '' && found.length <= fewFound);
  const isOpen = (id: string) => toggled.get(id) ?? (chosenId === id || opensAll);
  const toggle = (id: string, open = !isOpen(id)) => setToggled((before) => new Map(before).set(id, open));
  const latest = useRef(toggle);
  latest.current = toggle;
  const onToggle = useCallback((id: string) => latest.current(id), []);

  const { entry, onRowClick, onRowKey } = useRows({
    kind,
    chosen,
    first: found[0] && `${kind}/${found[0].id}`,
    onToggle: toggle,
  });
  const columns = kind === 'server' ? 9 : 8;

  const operationsOf = (resource: Server | Service | Client) => {
    const all: readonly Operation[] = resource.operations ?? [];
    const isWhole = all.length <= mostOperations || unfolded.has(resource.id);
    const some = isWhole
      ? all
      : all.filter(({ id }, index) => index < mostOperations || (resource.id === chosenId && id === chosenOperation));
    return (
      <>
        {some.map((operation, index) => (
          <OperationRow
            key={operation.id}
            kind={kind}
            resource={resource}
            operation={operation}
            id={index === 0 ? `${base}-${resource.id}` : undefined}
            isChosen={chosen === `${kind}/${resource.id}/${operation.id}`}
            isEntry={entry === `${kind}/${resource.id}/${operation.id}`}
            isLast={isWhole && index === some.length - 1}
          />
        ))}
        {!isWhole && (
          <MoreRow
            label={`Show All ${all.length.toLocaleString('en')} Operations`}
            columns={columns}
            perform={() => setUnfolded((before) => new Set(before).add(resource.id))}
          />
        )}
      </>
    );
  };

  return (
    <section className="list" aria-label={names[kind]}>
      <table className={`resources resources-${kind}`}>
        <thead>
          <tr>
            <th className="c-open">
              <span className="vh">Show operations</span>
            </th>
            <th>{one[kind]}</th>
            <th className="c-where">{where[kind]}</th>
            {kind === 'server' && <th className="c-api">API</th>}
            <th className="c-rate">{kind === 'server' ? 'Requests a minute' : 'Runs a minute'}</th>
            <th className="c-errors">Errors</th>
            <th className="c-badge">Log</th>
            <th className="c-badge">Capture</th>
            <th className="c-menu">
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody onClick={onRowClick} onKeyDown={onRowKey}>
          {shown.map((resource) => (
            <Fragment key={resource.id}>
              <ResourceRow
                kind={kind}
                resource={resource}
                isOpen={isOpen(resource.id)}
                isChosen={chosen === `${kind}/${resource.id}`}
                isDraft={drafted.has(`${kind}/${resource.id}`)}
                isEntry={entry === `${kind}/${resource.id}`}
                controls={`${base}-${resource.id}`}
                onToggle={onToggle}
              />
              {isOpen(resource.id) && operationsOf(resource)}
            </Fragment>
          ))}
          {found.length > limit && (
            <MoreRow
              label="Show More"
              note={`${limit.toLocaleString('en')} of ${found.length.toLocaleString('en')} are shown. The search looks at all.`}
              columns={columns}
              perform={() => setLimit(limit + pageSize)}
            />
          )}
        </tbody>
      </table>
      {found.length === 0 && connection === 'connected' && (
        <EmptyList kind={kind} search={search} isNarrowed={filters.size > 0} />
      )}
      {connection === 'connecting' && <p className="note loading">Loading the project…</p>}
    </section>
  );
});

/** The row below those that are drawn. */
const MoreRow = ({
  label,
  note = '',
  columns,
  perform,
}: {
  label: string;
  note?: string;
  columns: number;
  perform(): void;
}) => (
  <tr className="more">
    <td colSpan={columns}>
      <span className="row">
        <button type="button" className="btn btn-s" onClick={perform}>
          {label}
        </button>
        <span className="t3">{note}</span>
      </span>
    </td>
  </tr>
);

/** The keys of the list, and what its badges mean. */
const Legend = () => (
  <footer className="legend" aria-hidden="true">
    <span>
      <Keys keys="↑" /> <Keys keys="↓" /> move
    </span>
    <span>
      <Keys keys="→" /> operations
    </span>
    <span>
      <Keys keys="Enter" /> open
    </span>
    <span>
      <Keys keys="." /> menu
    </span>
    <span className="grow" />
    <span>
      <span className="badge badge-on">
        <Icon name="log" size={12} />
      </span>
      set here
    </span>
    <span>
      <span className="badge badge-inherited">
        <Icon name="log" size={12} />
      </span>
      inherited
    </span>
  </footer>
);

function EmptyList({ kind, search, isNarrowed }: { kind: ListKind; search: string; isNarrowed: boolean }) {
  const hasSearch = search.trim() !== '';
  return (
    <div className="empty">
      <Icon name={kind} />
      <h2>{hasSearch ? `No ${kind} fits “${search}”` : isNarrowed ? `No ${kind} is like that` : `No ${kind}s yet`}</h2>
      <p>
        {hasSearch || isNarrowed
          ? 'Searched are titles, ids, ports and paths, also those of operations.'
          : `Choose New ${one[kind]} above, import a project, or drop a file here.`}
      </p>
    </div>
  );
}
