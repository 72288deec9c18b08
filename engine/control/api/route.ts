import type { Request, Response } from 'express';
import type { Json } from '../../document/types.ts';

/**
 * What a caller must be allowed to do. `public`: anyone, credentials are not looked at. `session`: anyone, but wrong
 * credentials are refused. `view`: read everything. `operate`: set switches, run, clear.
 */
const rights = ['public', 'session', 'view', 'operate'] as const;
export type Right = (typeof rights)[number];

/** Who is calling. */
export interface User {
  /** What records name. */
  name: string;
  kind: 'token';
}

/** A request that has passed the guard, its credentials and the form of its query and body. */
export interface Call {
  readonly req: Request;
  readonly res: Response;
  readonly user: User | null;
  /** Name of the user, for records. */
  readonly by: string;
  /** Address of the other end of the connection; headers of proxies are not believed. */
  readonly remote: string;
  /** Each of the declared parameters at most once. */
  readonly query: ReadonlyMap<string, string>;
  /** JSON of at most 1 MiB and 100 levels; null on routes without a body. */
  readonly body: Json;
  /** Writes the route's audit record. */
  audit(level: 'info' | 'warning', message: string, node?: string): void;
}

/** One entry of the table that the whole API is made from. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As Express 5 writes it: `/api/nodes/*address`. */
  readonly path: string;
  readonly right: Right;
  /** Event of the audit record that a call leaves; null for one that only reads. */
  readonly audit: string | null;
  /** Query parameters; any other is refused. */
  readonly query?: readonly string[];
  readonly body?: 'json';
  handle(call: Call): void | Promise<void>;
}

/**
 * Refuses a table with a route that does not say who may call it, or that changes something and leaves no trace.
 * @throws Error that names the route
 */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { method, path, right, audit } of routes) {
    const name = `${method} ${path}`;
    if (!rights.includes(right))
      throw new Error(`The route ${name} declares no right; allowed are ${rights.join(', ')}.`);
    if (audit === undefined || (audit === null && method !== 'GET')) {
      throw new Error(`The route ${name} declares no audit event; only a GET may have none, by declaring null.`);
    }
    if (seen.has(name)) throw new Error(`The route ${name} is declared twice.`);
    seen.add(name);
  }
}

/** The text of a wildcard such as `*address`: its segments, decoded, with slashes between them. */
export const wildcard = (call: Call, name: string): string => {
  const segments: unknown = call.req.params[name];
  return Array.isArray(segments) ? segments.join('/') : String(segments);
};
