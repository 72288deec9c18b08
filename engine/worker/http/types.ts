import type { Cors, Json } from '../../document/types.ts';
import type { RunFailure } from '../../run/failure.ts';
import type { Evidence } from '../../run/run.ts';
import type { HttpRefusal } from '../observer.ts';
import type { RequestScope } from './request.ts';

export { Needs } from '../../run/needs.ts';

/** An operation as the HTTP side sees it. */
export interface HttpTarget {
  readonly id: string;
  readonly address: string;
  readonly method: string;
  /** Path template as in OpenAPI, `/items/{id}`; `{rest*}` takes the rest of the path (see document/route.ts). */
  readonly path: string;
  /** Bits of `Needs`: the parts of the request that the workflow can touch. The others stay empty. */
  readonly needs: number;
  /** True while the input is logged or captured: every part is built then. */
  wantsAll(): boolean;
  /** True while runs are recorded: parts that nobody asks for are kept as they came, in case the run has to be stored. */
  keepsEvidence(): boolean;
  /** Starts the run. Never throws and never rejects: failures come as outcomes too. */
  run(request: RequestScope, context: RequestContext): HttpOutcome | Promise<HttpOutcome>;
}

/** What is known of a request besides its scope. Valid for as long as the run and its `done` need it. */
export interface RequestContext extends Evidence {
  readonly method: string;
  /** The path as it came, still percent-encoded, without the query. */
  readonly pathname: string;
  /** W3C traceparent as it came, unchecked; undefined if there was none or more than one. */
  readonly traceparent: string | undefined;
  readonly requestId: string | undefined;
  /** Bytes of the body as they came, before content-encoding was undone. */
  readonly bytesIn: number;
  /** IP address of the peer. */
  readonly remote: string;
}

/** What a run gives back to the HTTP side. */
export interface HttpOutcome {
  /** ULID, sent as `sluice-run`. */
  readonly runId: string;
  /** The mapped output `{status, headers, body}`, or what problem.ts makes of a failure. */
  readonly output: unknown;
  /**
   * Called once, after the answer was handed to the socket, or when nobody was left to answer (`bytesOut` is 0 then).
   * `unsendable` is the failure output-invalid when the output could not become an answer and a problem was sent instead.
   */
  done(status: number, bytesOut: number, unsendable: RunFailure | null): void;
}

export interface HttpServerConfig {
  /** Id of the server's document. */
  readonly id: string;
  readonly cors?: boolean | Cors | undefined;
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  readonly limits: HttpLimits;
  /** The linked OpenAPI 3 document. */
  readonly api?: { readonly [key: string]: Json } | undefined;
}

export interface HttpLimits {
  /** Bytes of a request's body, as it came and after content-encoding was undone. */
  readonly requestBytes: number;
  /** Milliseconds until the headers must be there (10 s if left out), and until the whole request must (57 s). Taken when the server is made. */
  readonly headersMs?: number;
  readonly requestMs?: number;
}

export interface HttpHooks {
  /** A request was answered without a run: refused, or an automatic OPTIONS. */
  refused(request: HttpRefusal): void;
  /** Something in the HTTP side itself failed; the request was answered with 500. */
  fault(thrown: unknown): void;
}

/** Where to listen: an address to bind, or a handle that is bound already (a net.Server, a TCP handle, `{fd}`). */
export type ListenOn = { readonly host: string; readonly port: number } | { readonly handle: object };

export interface DrainOptions {
  /**
   * What happens to requests that arrive on connections still open: true (default) answers 503, for a server that
   * stops; false serves them, for one that moves to another port.
   */
  readonly refuse?: boolean;
  /** Called when no further connection is accepted. */
  readonly deaf?: () => void;
}
