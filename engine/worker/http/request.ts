import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { Needs } from '../../run/needs.ts';
import { Bag } from '../../run/scopes.ts';
import { parseCookies, withoutEditorCookies } from './cookie.ts';
import { parseQuery } from './query.ts';
import { Refusal } from './refusal.ts';

/** Shared by all requests whose part is empty or not needed; frozen, as it is handed out. */
export const emptyBag: Bag = Object.freeze(new Bag());

interface Endpoint {
  ip: string | null;
  port: number | null;
}

/**
 * The scope `request`. Parts that the workflow cannot touch stay empty or null. The part `raw` is added where it is asked
 * for (run/raw-body.ts).
 */
export class RequestScope {
  constructor(
    readonly method: string,
    /** Path parameters by name, percent-decoded. */
    readonly path: Bag,
    /** Texts, or arrays of texts where a key was repeated. */
    readonly query: Bag,
    /** Lower-case names; repeated headers are joined as node:http does. */
    readonly header: Readonly<Record<string, unknown>>,
    readonly cookie: Bag,
    readonly body: unknown,
    /** The whole address that was asked for, as it came: `http://localhost:8080/hello?name=World`. */
    readonly uri: string | null,
    readonly connection: { peer: Endpoint; socket: Endpoint } | null,
  ) {}
}

/** What the parts of a request are built from. */
export interface RequestSource {
  readonly req: IncomingMessage;
  /** Request target in origin form. */
  readonly url: string;
  /** Index of the `?` in it; -1 without a query. */
  readonly queryAt: number;
  readonly pathname: string;
}

/**
 * Builds the parts of a request that are needed, and no others.
 * @param strict bits of the parts whose faults refuse the request; others are left empty then
 * @throws Refusal 400 for more than 1,000 query parameters
 */
export function buildRequest(
  source: RequestSource,
  needs: number,
  strict: number,
  path: Bag,
  body: unknown,
): RequestScope {
  const { req } = source;
  return new RequestScope(
    req.method as string,
    path,
    (needs & Needs.query) === 0 || source.queryAt === -1 ? emptyBag : queryOf(source, (strict & Needs.query) !== 0),
    (needs & Needs.header) === 0 ? emptyBag : headersOf(req),
    (needs & Needs.cookie) === 0 ? emptyBag : parseCookies(req.headers.cookie),
    body,
    (needs & Needs.uri) === 0 ? null : uriOf(source),
    (needs & Needs.connection) === 0 ? null : connectionOf(req),
  );
}

/** A request with the parts that were built for its run, and the others of `whole`. */
export function completeRequest(scope: RequestScope, built: number, whole: RequestScope): RequestScope {
  const had = (part: number): boolean => (built & part) !== 0;
  return new RequestScope(
    scope.method,
    scope.path,
    had(Needs.query) ? scope.query : whole.query,
    had(Needs.header) ? scope.header : whole.header,
    had(Needs.cookie) ? scope.cookie : whole.cookie,
    had(Needs.body) ? scope.body : whole.body,
    had(Needs.uri) ? scope.uri : whole.uri,
    had(Needs.connection) ? scope.connection : whole.connection,
  );
}

function queryOf({ url, queryAt }: RequestSource, strict: boolean): Bag {
  const query = parseQuery(url, queryAt + 1);
  if (query !== null) return query;
  if (!strict) return emptyBag;
  throw new Refusal(400, 'The query has more than 1,000 parameters, which is the limit. Send them in the body.');
}

function headersOf(req: IncomingMessage): Readonly<Record<string, unknown>> {
  const { headers } = req;
  if (headers.cookie === undefined || !headers.cookie.includes('sluice')) return headers;
  const { cookie, ...rest } = headers;
  const left = withoutEditorCookies(cookie as string);
  return left === undefined ? rest : { ...rest, cookie: left };
}

function uriOf({ req, url }: RequestSource): string {
  const scheme = (req.socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http';
  return `${scheme}://${req.headers.host ?? ''}${url}`;
}

const connectionOf = ({ socket }: IncomingMessage) => ({
  peer: { ip: plainAddress(socket.remoteAddress) ?? null, port: socket.remotePort ?? null },
  socket: { ip: plainAddress(socket.localAddress) ?? null, port: socket.localPort ?? null },
});

/** An IPv4 address that came in over an IPv6 socket, written as IPv4. */
export function plainAddress(address: string | undefined): string | undefined {
  return address?.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
