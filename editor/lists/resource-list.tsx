import { Fragment, useEffect, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Client, Server, Service } from '../../engine/document/types.ts';
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

/** A list this short shows its operations from the start. */
const smallList = 5;

interface ResourceListProps {
  kind: ListKind;
  /** The address that is chosen: of a resource, or of an operation; null for none. */
  chosen: string | null;
}

/** Servers, services or clients, one row each, with their operations below them. */
export function ResourceList({ kind, chosen }: ResourceListProps) {
  const { connection, nodes } = useProject();
  const { drafts } = useWorkspace();
  const resources: readonly (Server | Service | Client)[] = useStore(drafts.resources(kind));
  const drafted = useStore(drafts.drafts);
  const [search, setSearch] = useState('');
  const [filters, setFilters] = useState<ReadonlySet<ListFilter>>(new Set());
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const base = useId();
  useEffect(() => {
    document.title = `${names[kind]} · Sluice`;
  }, [kind]);

  const now = Date.now();
  const nodeOf = ({ id }: { id: string }) => nodes.get(`${kind}/${id}`);
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
  const found = resources.filter(
    (resource) =>
      matches(resource, search) &&
      (filters.size === 0 || [...filters].some((one) => isWanted(one, nodeOf(resource), now))),
  );
  const isOpen = (id: string) =>
    toggled.get(id) ?? (chosen?.split('/')[1] === id || search !== '' || resources.length <= smallList);
  const toggle = (id: string, open = !isOpen(id)) => setToggled((before) => new Map(before).set(id, open));

  const { entry, onRowClick, onRowKey } = useRows({
    kind,
    chosen,
    first: found[0] && `${kind}/${found[0].id}`,
    onToggle: toggle,
  });

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
            {found.map((resource) => (
              <Fragment key={resource.id}>
                <ResourceRow
                  kind={kind}
                  resource={resource}
                  isOpen={isOpen(resource.id)}
                  isChosen={chosen === `${kind}/${resource.id}`}
                  isDraft={drafted.has(`${kind}/${resource.id}`)}
                  isEntry={entry === `${kind}/${resource.id}`}
                  controls={`${base}-${resource.id}`}
                  onToggle={() => toggle(resource.id)}
                />
                {isOpen(resource.id) &&
                  (resource.operations ?? []).map((operation, index, all) => (
                    <OperationRow
                      key={operation.id}
                      kind={kind}
                      resource={resource}
                      operation={operation}
                      id={index === 0 ? `${base}-${resource.id}` : undefined}
                      isChosen={chosen === `${kind}/${resource.id}/${operation.id}`}
                      isEntry={entry === `${kind}/${resource.id}/${operation.id}`}
                      isLast={index === all.length - 1}
                    />
                  ))}
              </Fragment>
            ))}
          </tbody>
        </table>
        {found.length === 0 && connection === 'connected' && (
          <EmptyList kind={kind} search={search} isNarrowed={filters.size > 0} />
        )}
        {connection === 'connecting' && <p className="note loading">Loading the project…</p>}
      </section>
      <Legend />
    </>
  );
}

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
