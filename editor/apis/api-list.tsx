import { useEffect, useState } from 'react';
import type { Api, Server } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { pathTo } from '../app/route.ts';
import { useProject, useWorkspace } from '../app/workspace-context.ts';
import { freeId } from '../create/propose.ts';
import { DraftBar } from '../drafts/draft-bar.tsx';
import { useDrafts, useResources } from '../drafts/use-drafts.ts';
import { exportResource } from '../import/export-resource.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton, type MenuGroups } from '../ui/menu.tsx';
import { pathsOf } from './openapi-paths.ts';
import { getIn } from './set-in.ts';

const apiPath = (id: string): string => `/apis/${encodeURIComponent(id)}`;

/** All APIs, one row each: what they describe, and which servers implement them. */
export function ApiList() {
  const { ask, whyNot } = useWorkspace();
  const { connection } = useProject();
  const apis = useResources('api');
  const servers = useResources('server');
  const drafts = useDrafts();
  const [search, setSearch] = useState('');
  useEffect(() => {
    document.title = 'APIs · Sluice';
  }, []);
  const why = whyNot('edit');
  const found = apis.filter((api) => matches(api, search));
  return (
    <>
      <header className="bar">
        <h1>APIs</h1>
        <span className="count">{apis.length}</span>
        <label className="field find">
          <Icon name="search" size={14} />
          <input
            type="search"
            aria-label="Search apis"
            placeholder="Title, id, path"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <span className="grow" />
        <DraftBar />
        <button
          type="button"
          className="btn"
          aria-disabled={why !== undefined}
          title={why}
          onClick={() => why === undefined && ask({ dialog: 'import' })}
        >
          <Icon name="import" size={14} />
          Import…
        </button>
        <button
          type="button"
          className="btn btn-primary"
          aria-disabled={why !== undefined}
          title={why}
          onClick={() => why === undefined && ask({ dialog: 'create', kind: 'api' })}
        >
          <Icon name="add" size={14} />
          New API
        </button>
      </header>
      <section className="list" aria-label="APIs">
        <table className="apis">
          <thead>
            <tr>
              <th>API</th>
              <th className="c-version">Version</th>
              <th className="c-paths">Paths</th>
              <th className="c-used">Servers</th>
              <th className="c-menu">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((api) => (
              <ApiRow
                key={api.id}
                api={api}
                servers={servers.filter((server) => server.api === api.id)}
                isDraft={drafts.has(`api/${api.id}`)}
              />
            ))}
          </tbody>
        </table>
        {found.length === 0 && connection === 'connecting' && <p className="note loading">Loading the project…</p>}
        {found.length === 0 && connection !== 'connecting' && (
          <div className="empty">
            <Icon name="api" />
            <h2>{search === '' ? 'No APIs yet' : `No API fits “${search}”`}</h2>
            <p>
              {search === ''
                ? 'An API is an OpenAPI document. Servers that implement it check requests against it. Drop a file here, or begin with an empty one.'
                : 'Searched are titles, ids and paths.'}
            </p>
            {search === '' && why === undefined && (
              <button type="button" className="btn" onClick={() => ask({ dialog: 'create', kind: 'api' })}>
                <Icon name="add" size={14} />
                New API…
              </button>
            )}
          </div>
        )}
      </section>
    </>
  );
}

function ApiRow({ api, servers, isDraft }: { api: Api; servers: readonly Server[]; isDraft: boolean }) {
  const title = api.title || api.id;
  const version = getIn(api.openapi, ['info', 'version']);
  return (
    <tr>
      <td>
        <div className="row">
          <Icon name="api" size={14} />
          <Link className="cut" href={apiPath(api.id)} title={title}>
            <b>{title}</b>
          </Link>
          <span className="mono t3 cut">{api.id}</span>
          {isDraft && <span className="badge badge-plain">draft</span>}
        </div>
      </td>
      <td className="c-version mono t2">{typeof version === 'string' ? version : ''}</td>
      <td className="c-paths">{pathsOf(api.openapi).length}</td>
      <td className="c-used">
        {servers.length === 0 ? (
          <span className="t3">none</span>
        ) : (
          servers.map(({ id, title: name }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <Link href={pathTo('server', id)}>{name || id}</Link>
            </span>
          ))
        )}
      </td>
      <td className="c-menu">
        <MenuButton label={`More actions for ${title}`} groups={useApiMenu(api, servers)} small />
      </td>
    </tr>
  );
}

function useApiMenu(api: Api, servers: readonly Server[]): MenuGroups {
  const tools = useWorkspace();
  const { drafts, attempt, done, go, whyNot } = tools;
  const all = useResources('api');
  const name = `api/${api.id}`;
  const title = api.title || api.id;
  return [
    [{ id: 'edit', icon: 'edit', label: 'Edit…', perform: () => go(apiPath(api.id)) }],
    [
      {
        id: 'export',
        icon: 'upload',
        label: 'Export',
        perform: () => attempt(`${title} was not exported`, () => exportResource(tools, name)),
      },
      {
        id: 'duplicate',
        icon: 'duplicate',
        label: 'Duplicate',
        whyNot: whyNot('edit'),
        perform: () =>
          attempt(`${title} was not duplicated`, async () => {
            const id = freeId(api.id, new Set(all.map((each) => each.id)));
            await drafts.create('api', { ...api, id, ...(api.title && { title: `${api.title} (copy)` }) });
            go(apiPath(id));
          }),
      },
    ],
    [
      {
        id: 'delete',
        icon: 'delete',
        label: 'Delete',
        isDanger: true,
        whyNot:
          whyNot('edit') ??
          (servers.length > 0
            ? `It is the API of ${servers.map(({ title: each, id }) => each || id).join(', ')}. Choose another there first.`
            : undefined),
        perform: () =>
          attempt(`${title} was not deleted`, async () => {
            const putBack = await drafts.remove(name);
            done(`Deleted ${title}.`, {
              label: 'Undo',
              perform: () => attempt(`${title} was not put back`, putBack),
            });
          }),
      },
    ],
  ];
}

function matches(api: Api, search: string): boolean {
  const text = [api.title ?? '', api.id, ...pathsOf(api.openapi).map(({ path }) => path)].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
