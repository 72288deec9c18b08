import { useSyncExternalStore } from 'react';
import { isId } from '../../engine/document/address.ts';
import type { ListKind } from '../state/address-path.ts';

export { pathTo, pathToAddress } from '../state/address-path.ts';
export type { ListKind };

/** What the address bar names. */
export type Place =
  /** `operation` is the id of an operation that is chosen in the list. */
  | { screen: 'list'; kind: ListKind; open?: string; operation?: string }
  /** `node` is the id of the selected action, `run` the id of a run that is shown on the canvas. */
  | { screen: 'operation'; kind: ListKind; resource: string; operation: string; node?: string; run?: string }
  | { screen: 'apis'; open?: string }
  | { screen: 'settings'; section?: string }
  | { screen: 'history'; revision?: string }
  | { screen: 'unknown' };

const kinds = { servers: 'server', services: 'service', clients: 'client' } as const;

/**
 * Reads a path with its query: `/servers`, `/servers/<id>[?operation=<id>]`, `/servers/<id>/<operation>?node=<action>&run=<run>`, likewise
 * `/services` and `/clients`; `/apis[/<id>]`, `/settings[/<section>]`, `/history[/<revision>]`; `/` is the list of servers.
 */
export function placeOf(path: string): Place {
  const { pathname, searchParams } = new URL(path, 'http://editor.invalid');
  const [first, second, third, ...rest] = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  if (first === undefined) return { screen: 'list', kind: 'server' };
  if (rest.length > 0) return { screen: 'unknown' };
  if (Object.hasOwn(kinds, first)) return inList(kinds[first as keyof typeof kinds], second, third, searchParams);
  if (third !== undefined) return { screen: 'unknown' };
  switch (first) {
    case 'apis':
      if (second !== undefined && !isId(second)) return { screen: 'unknown' };
      return { screen: 'apis', ...(second !== undefined && { open: second }) };
    case 'settings':
      return { screen: 'settings', ...(second !== undefined && { section: second }) };
    case 'history':
      return { screen: 'history', ...(second !== undefined && { revision: second }) };
    default:
      return { screen: 'unknown' };
  }
}

function inList(
  kind: ListKind,
  resource: string | undefined,
  operation: string | undefined,
  query: URLSearchParams,
): Place {
  if (resource === undefined) return { screen: 'list', kind };
  if (!isId(resource) || (operation !== undefined && !isId(operation))) return { screen: 'unknown' };
  if (operation === undefined) {
    const chosen = query.get('operation');
    return { screen: 'list', kind, open: resource, ...(isId(chosen) && { operation: chosen }) };
  }
  const [node, run] = [query.get('node'), query.get('run')];
  return {
    screen: 'operation',
    kind,
    resource,
    operation,
    ...(node !== null && { node }),
    ...(run !== null && { run }),
  };
}

/** Goes to a page without loading it anew. With `replace`, Back does not lead to the one before. */
export function navigate(path: string, replace = false): void {
  if (path === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
};

/** The path and query in the address bar, as they change. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname + location.search);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
