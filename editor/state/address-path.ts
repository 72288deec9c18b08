/** The kinds of resource that have operations. */
export type ListKind = 'server' | 'service' | 'client';

/** The URL path of a list, a resource in it, or one of its operations. */
export const pathTo = (kind: ListKind, resource?: string, operation?: string): string =>
  `/${[`${kind}s`, resource, operation]
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join('/')}`;

/** The path of what an address names, such as `server/hello/get-hello/greet`, and of a run of it. */
export function pathToAddress(address: string, run?: string): string {
  const [kind, resource, operation, node] = address.split('/');
  const path = pathTo(kind as ListKind, resource, operation);
  const query = new URLSearchParams({ ...(node !== undefined && { node }), ...(run !== undefined && { run }) });
  return query.size === 0 ? path : `${path}?${query}`;
}
