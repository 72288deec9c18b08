import { Fragment, useEffect, useId, useState } from 'react';
import type { Client, Server, Service } from '../../engine/document/types.ts';
import type { ListKind } from '../app/route.ts';
import { useProject } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import { ListBar } from './list-bar.tsx';
import { matches } from './matches.ts';
import { OperationRow } from './operation-row.tsx';
import { ResourceRow } from './resource-row.tsx';

const names = { server: 'Servers', service: 'Services', client: 'Clients' } as const;
const one = { server: 'Server', service: 'Service', client: 'Client' } as const;
const where = { server: 'Listens on', service: 'Operations', client: 'Type' } as const;

/** A list this short shows its operations from the start. */
const smallList = 5;

/** Servers or services, one row each, with their operations below them. `open` is an id whose operations are shown. */
export function ResourceList({ kind, open }: { kind: ListKind; open?: string | undefined }) {
  const { servers, services, clients, connection } = useProject();
  const resources: readonly (Server | Service | Client)[] = { server: servers, service: services, client: clients }[
    kind
  ];
  const [search, setSearch] = useState('');
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const base = useId();
  useEffect(() => {
    document.title = `${names[kind]} · Sluice`;
  }, [kind]);

  const found = resources.filter((resource) => matches(resource, search));
  const isOpen = (id: string) => toggled.get(id) ?? (open === id || search !== '' || resources.length <= smallList);
  const toggle = (id: string) => setToggled((before) => new Map(before).set(id, !isOpen(id)));

  return (
    <>
      <ListBar title={names[kind]} count={resources.length} search={search} onSearch={setSearch} />
      <section className="list" aria-label={names[kind]}>
        <table className="resources">
          <thead>
            <tr>
              <th className="c-open">
                <span className="vh">Operations</span>
              </th>
              <th>{one[kind]}</th>
              <th className="c-where">{where[kind]}</th>
              <th className="c-badge">Log</th>
              <th className="c-badge">Capture</th>
              <th className="c-menu">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((resource) => (
              <Fragment key={resource.id}>
                <ResourceRow
                  kind={kind}
                  resource={resource}
                  isOpen={isOpen(resource.id)}
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
                      isLast={index === all.length - 1}
                    />
                  ))}
              </Fragment>
            ))}
          </tbody>
        </table>
        {found.length === 0 && connection === 'connected' && <EmptyList kind={kind} search={search} />}
        {connection === 'connecting' && <p className="note loading">Loading the project…</p>}
      </section>
    </>
  );
}

function EmptyList({ kind, search }: { kind: ListKind; search: string }) {
  const folder = `${kind}s`;
  return (
    <div className="empty">
      <Icon name={kind} />
      <h2>{search === '' ? `No ${folder} yet` : `No ${kind} fits “${search}”`}</h2>
      <p>
        {search === '' ? (
          <>
            A document put into <code>data/{folder}/</code> appears here within seconds.
          </>
        ) : (
          'Searched are titles, ids, ports and paths, also those of operations.'
        )}
      </p>
    </div>
  );
}
