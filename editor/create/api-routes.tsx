import { useState } from 'react';
import type { HttpOperation } from '../../engine/document/types.ts';
import { Icon } from '../ui/icon.tsx';
import { type ApiRoute, operationsOfPaths } from './api-operations.ts';

interface ApiRoutesProps {
  /** Title of the API. */
  title: string;
  /** What it describes and the server does not have yet. */
  routes: readonly ApiRoute[];
  /** Ids of the operations that are there. */
  taken: ReadonlySet<string>;
  onCreate(operations: readonly HttpOperation[]): void;
  onOpen(id: string): void;
}

/** Paths and methods of the linked API that have no operation: one click makes one, or all of them. */
export function ApiRoutes({ title, routes, taken, onCreate, onOpen }: ApiRoutesProps) {
  const [made, setMade] = useState<readonly HttpOperation[]>([]);
  const make = (some: readonly ApiRoute[]): void => {
    const operations = operationsOfPaths(some, taken);
    onCreate(operations);
    setMade((before) => [...before, ...operations]);
  };
  if (routes.length === 0 && made.length === 0) return null;
  return (
    <section className="api-routes" aria-label={`Paths of ${title}`}>
      <div className="row">
        <h3 className="form-head">From {title}</h3>
        <span className="count">{routes.length} without an operation</span>
        <span className="grow" />
        {routes.length > 1 && (
          <button type="button" className="btn btn-s" onClick={() => make(routes)}>
            <Icon name="add" size={14} />
            Create All {routes.length}
          </button>
        )}
      </div>
      <ul>
        {made.map(({ id, method, path }) => (
          <li key={id} className="row">
            <Icon name="ok" size={14} />
            <span className="verb">{method}</span>
            <span className="mono cut">{path}</span>
            <span className="grow" />
            <button type="button" className="btn btn-s" aria-label={`Open ${id}`} onClick={() => onOpen(id)}>
              Open
            </button>
          </li>
        ))}
        {routes.map((route) => (
          <li key={`${route.method} ${route.path}`} className="row">
            <span className="verb">{route.method}</span>
            <span className="mono cut">{route.path}</span>
            <span className="t3 cut grow">{route.summary}</span>
            <button
              type="button"
              className="btn btn-s"
              aria-label={`Create ${route.method} ${route.path}`}
              onClick={() => make([route])}
            >
              Create
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
