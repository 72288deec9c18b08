import type { Request, Response } from 'express';
import { quote } from '../../document/found.ts';
import type { JsonSchema, Rule } from '../../document/shape.ts';
import type { Json } from '../../document/types.ts';
import type { User } from '../auth/user.ts';
import type { Answer } from './answer.ts';
import type { BodyForm } from './body.ts';
import type { Query, ValuesOf } from './query.ts';

/**
 * What a caller must be allowed to do. `public`: anyone, credentials are not looked at. `session`: anyone, but wrong
 * credentials are refused. `view`: read. `operate`: switch, start and stop, simulate, clear. `edit`: change and deploy
 * the project. `administer`: users, secrets, settings.
 */
export const rights = ['public', 'session', 'view', 'operate', 'edit', 'administer'] as const;
export type Right = (typeof rights)[number];

/** A request that has passed the guard, its credentials and the form of its query and body. */
export interface Call<Q extends Query = Query> {
  readonly req: Request;
  readonly res: Response;
  readonly user: User | null;
  /** Name of the user, for records. */
  readonly by: string;
  /** Address of the other end of the connection; headers of proxies are not believed. */
  readonly remote: string;
  /** The text of a part of the path, decoded: `:id`, or a wildcard such as `*address` with slashes between its segments. */
  parameter(name: string): string;
  /** Values of the declared parameters. */
  readonly query: ValuesOf<Q>;
  /** What the route's rule has accepted; null on routes without a body, and for an optional one that was left out. */
  readonly body: Json;
  /** Writes the route's audit record. */
  audit(level: 'info' | 'warning', message: string, node?: string): void;
}

/** A part of the path, where there is more to say than that it is a text. */
interface PathParameter {
  readonly description: string;
  readonly schema?: JsonSchema;
}

/** One entry of the table that the whole API is made from, and described from. */
export interface Route<Q extends Query = Query> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As Express 5 writes it: `/api/nodes/*address`. */
  readonly path: string;
  readonly right: Right;
  /** Event of the audit record that a call leaves; null for one that only reads. */
  readonly audit: string | null;
  /** What it does, as one sentence. */
  readonly summary: string;
  readonly parameters?: { readonly [name: string]: PathParameter };
  /** Query parameters; any other is refused. */
  readonly query?: Q;
  /** The body is refused with 400 unless it fits. */
  readonly body?: Rule | BodyForm;
  /** Takes the header If-Match, and refuses one that is stale with 412. */
  readonly ifMatch?: true;
  /** By status. Refusals that any route of its kind may answer are known without; see openapi.ts. */
  readonly answers: { readonly [status: number]: Answer };
  handle(call: Call<Q>): void | Promise<void>;
}

/** A route whose query is typed by its parameters. */
export const route = <const Q extends Query>(declared: Route<Q>): Route => declared;

/** The parts of a path that are parameters. */
export const parametersOf = (path: string): { name: string; isWildcard: boolean }[] =>
  [...path.matchAll(/([:*])(\w+)/g)].map(([, kind, name]) => ({ name: name as string, isWildcard: kind === '*' }));

/** The path as OpenAPI writes it: `/api/nodes/{address}`. */
export const pathTemplate = (path: string): string => path.replace(/[:*](\w+)/g, '{$1}');

/**
 * Refuses a table with a route that does not say who may call it, what it does and answers, or that changes something
 * and leaves no trace.
 * @throws Error that names the route
 */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  const paths = new Map<string, string>();
  for (const { method, path, right, audit, summary, answers, parameters = {} } of routes) {
    const name = `${method} ${path}`;
    const refuse = (reason: string) => {
      throw new Error(`The route ${name} ${reason}`);
    };
    if (!rights.includes(right)) refuse(`declares no right; allowed are ${rights.join(', ')}.`);
    if (audit === undefined || (audit === null && method !== 'GET')) {
      refuse('declares no audit event; only a GET may have none, by declaring null.');
    }
    if (!/^\S.*\.$/.test(summary ?? '')) refuse('has no summary; say what it does in one sentence with a full stop.');
    if (Object.keys(answers ?? {}).length === 0) refuse('declares no answers; say what it answers, by status.');
    if (seen.has(name)) refuse('is declared twice.');
    seen.add(name);
    const names = parametersOf(path).map((parameter) => parameter.name);
    const stray = Object.keys(parameters).find((parameter) => !names.includes(parameter));
    if (stray !== undefined) refuse(`describes the parameter ${quote(stray)}, which its path does not have.`);
    // One path that two routes name differently would be two paths to who reads the description.
    const shape = path.replace(/([:*])\w+/g, '$1');
    const other = paths.get(shape) ?? path;
    if (other !== path) refuse(`names its parameters otherwise than ${other}; one path has one spelling.`);
    paths.set(shape, path);
  }
}
