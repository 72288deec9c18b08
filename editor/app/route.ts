import { useSyncExternalStore } from 'react';
import { isId } from '../../engine/document/address.ts';

export type ListKind = 'server' | 'service';

/** What the address bar names. */
export type Place =
  | { screen: 'list'; kind: ListKind; open?: string }
  | { screen: 'operation'; kind: ListKind; resource: string; operation: string }
  | { screen: 'unknown' };

const kinds = { servers: 'server', services: 'service' } as const;

/** Reads a URL path: /servers, /servers/<id>, /servers/<id>/<operation>, likewise /services; `/` is the list of servers. */
export function placeOf(pathname: string): Place {
  const [list, resource, operation, ...rest] = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  if (list === undefined) return { screen: 'list', kind: 'server' };
  if (!Object.hasOwn(kinds, list) || rest.length > 0) return { screen: 'unknown' };
  const kind = kinds[list as keyof typeof kinds];
  if (resource === undefined) return { screen: 'list', kind };
  if (!isId(resource) || (operation !== undefined && !isId(operation))) return { screen: 'unknown' };
  return operation === undefined
    ? { screen: 'list', kind, open: resource }
    : { screen: 'operation', kind, resource, operation };
}

/** The URL path of a list, a resource in it, or one of its operations. */
export const pathTo = (kind: ListKind, resource?: string, operation?: string): string =>
  `/${[`${kind}s`, resource, operation]
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join('/')}`;

/** Goes to a page without loading it anew. */
export function navigate(path: string): void {
  history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
};

/** The path in the address bar, as it changes. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
