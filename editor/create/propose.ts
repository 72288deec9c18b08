import { idPattern } from '../../engine/document/address.ts';

const longest = 64;

/**
 * An id made of a title, such as `order-status` of "Order Status": accents go, anything else that an id cannot hold
 * becomes a dash. Empty when nothing is left.
 */
export function idOf(title: string): string {
  return title
    .slice(0, 1024)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
}

/** The id itself, or the first of `id-2`, `id-3`, … that nobody has. Empty stays empty. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (id === '') return '';
  let free = id;
  for (let number = 2; taken.has(free); number++) {
    const suffix = `-${number}`;
    free = id.slice(0, longest - suffix.length) + suffix;
  }
  return free;
}

/** `get-items-id` for GET /items/{id}. */
export const routeId = (method: string, path: string): string =>
  idOf([method, ...path.split(/[^A-Za-z0-9_.]+/)].filter((part) => part !== '').join('-'));

/** The id of an operation of an API, as it is where it can be: `getPet`. Otherwise one made of its method and path. */
export const operationIdOf = (named: unknown, method: string, path: string): string =>
  typeof named === 'string' && idPattern.test(named) ? named : routeId(method, path) || method.toLowerCase();

/** The first port from 8080 up that no server of the project wants. */
export function freePort(servers: readonly { port?: number }[], from = 8080): number {
  const wanted = new Set(servers.map(({ port }) => port));
  let port = from;
  while (wanted.has(port) && port < 65_535) port++;
  return port;
}
