import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerClientError, rawAnswer } from './client-error.ts';
import { Exchange } from './exchange.ts';
import { largestHead, longestUrl, mostHeaders } from './head.ts';
import { bringLive, type Live, type ServerState } from './live.ts';
import { Refusal } from './refusal.ts';
import type { Unroutable } from './routes.ts';
import { type Connection, Connections } from './sockets.ts';
import type { DrainOptions, HttpHooks, HttpServerConfig, HttpTarget, ListenOn } from './types.ts';

/** All in milliseconds. */
const timeouts = {
  headers: 10_000,
  /** Headers and body together. A minute is promised: node looks once a second, and a refusal lingers for another. */
  request: 57_000,
  /** Longer than the usual minute of load balancers, so that they close idle connections first and never lose a race. */
  keepAlive: 65_000,
  handshake: 10_000,
  lookEvery: 1000,
  /** A draining server keeps idle connections this long: the next request may be on its way already. */
  idleGrace: 500,
};

const serverOptions: https.ServerOptions = {
  // The parser counts request line and headers together; each is held to its own limit later.
  maxHeaderSize: longestUrl + largestHead + 1024,
  keepAliveTimeout: timeouts.keepAlive,
  connectionsCheckingInterval: timeouts.lookEvery,
  // Checked with the other headers, so that the answer is a problem and not node's bare 400.
  requireHostHeader: false,
  handshakeTimeout: timeouts.handshake,
  noDelay: true,
};

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An HTTP server whose configuration can be swapped while it serves. */
export interface HttpServer {
  /** Answers one request; what `listen` accepts goes here. */
  readonly handler: (req: IncomingMessage, res: ServerResponse) => void;
  /** Operations that get no requests, and why. */
  readonly unroutable: readonly Unroutable[];
  /**
   * Swaps routes and rules in one assignment; requests under way finish on the old ones. Rejects with RunFailure
   * api-invalid, or with what TLS says of certificate and key, and changes nothing then. TLS cannot be switched on or off.
   */
  update(config: HttpServerConfig, targets: readonly HttpTarget[]): Promise<void>;
  /** Resolves with the address when connections are accepted; rejects with what the system says (EADDRINUSE, EACCES). */
  listen(on: ListenOn): Promise<{ host: string; port: number }>;
  /**
   * Stops accepting, answers what runs with `connection: close`, and closes idle connections after half a second.
   * Resolves when every connection is closed; what is left after `ms` milliseconds is cut off.
   */
  drain(ms: number, options?: DrainOptions): Promise<void>;
  /** Open connections. */
  connections(): number;
}

/**
 * Makes a server; it does not listen yet.
 * Rejects with RunFailure api-invalid when the linked OpenAPI document cannot be compiled, or with what TLS says of
 * certificate and key.
 */
export async function createHttpServer(
  config: HttpServerConfig,
  targets: readonly HttpTarget[],
  hooks: HttpHooks,
): Promise<HttpServer> {
  const state: ServerState = { closing: false, refusing: false };
  return new Served(await bringLive(config, targets, hooks, state), config.tls, hooks, state);
}

class Served implements HttpServer {
  private readonly server: http.Server;
  private readonly open = new Connections();
  /** Numbers of the updates that began last and that is in force. */
  private begun = 0;
  private applied = 0;

  constructor(
    private live: Live,
    tls: HttpServerConfig['tls'],
    private readonly hooks: HttpHooks,
    private readonly state: ServerState,
  ) {
    const { headersMs = timeouts.headers, requestMs = timeouts.request } = live.limits;
    const options = { ...serverOptions, headersTimeout: headersMs, requestTimeout: requestMs };
    this.server = tls === undefined ? http.createServer(options) : https.createServer({ ...options, ...tls });
    // Node leaves further headers out without a word; one more than allowed shows that there were more.
    this.server.maxHeadersCount = mostHeaders + 1;
    this.server.on(tls === undefined ? 'connection' : 'secureConnection', this.open.add);
    this.server.on('request', this.handler);
    this.server.on('checkContinue', this.handler);
    this.server.on('checkExpectation', this.refuseExpectation);
    this.server.on('connect', this.refuseTunnel);
    this.server.on('clientError', (error: Error, socket: Duplex) =>
      answerClientError(error, socket as Connection, hooks),
    );
    this.server.on('tlsClientError', this.refuseTls);
  }

  get unroutable(): readonly Unroutable[] {
    return this.live.routes.unroutable;
  }

  readonly handler = (req: IncomingMessage, res: ServerResponse): void => {
    new Exchange(this.live, req, res).begin();
  };

  async update(config: HttpServerConfig, targets: readonly HttpTarget[]): Promise<void> {
    const turn = ++this.begun;
    const next = await bringLive(config, targets, this.hooks, this.state);
    // A later update may have been faster; its configuration is the newer one.
    if (turn < this.applied) return;
    if (config.tls !== undefined && this.server instanceof https.Server) this.server.setSecureContext(config.tls);
    this.applied = turn;
    this.live = next;
  }

  listen(on: ListenOn): Promise<{ host: string; port: number }> {
    const { server } = this;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      const listening = (): void => {
        server.off('error', reject);
        server.on('error', this.hooks.fault);
        const address = server.address() as AddressInfo;
        resolve({ host: address.address, port: address.port });
      };
      if ('handle' in on) server.listen(on.handle, listening);
      else server.listen({ host: on.host, port: on.port }, listening);
    });
  }

  async drain(ms: number, { refuse = true, deaf = () => {} }: DrainOptions = {}): Promise<void> {
    this.state.closing = true;
    this.state.refusing = refuse;
    const { server, open } = this;
    // Connections that the system has taken in already would be reset with the listening socket: they are accepted first.
    await nextTurn();
    await nextTurn();
    // http.Server's own close ends idle connections at once, and with them requests that are on their way.
    const closed = new Promise<unknown>((resolve) => NetServer.prototype.close.call(server, resolve));
    deaf();
    const grace = setTimeout(() => open.closeIdle(), Math.min(timeouts.idleGrace, ms));
    const deadline = setTimeout(() => open.closeAll(), ms);
    await closed;
    clearTimeout(grace);
    clearTimeout(deadline);
    // Stops node's timer that looks for slow requests.
    server.close();
    // Sockets say that they are closed a moment after the server was told.
    while (open.size > 0) await nextTurn();
  }

  connections(): number {
    return this.open.size;
  }

  private readonly refuseExpectation = (req: IncomingMessage, res: ServerResponse): void => {
    const refusal = new Refusal(417, 'The only expectation that this server meets is 100-continue.', { close: true });
    new Exchange(this.live, req, res).begin(refusal);
  };

  private readonly refuseTunnel = (req: IncomingMessage, socket: Duplex): void => {
    const body = rawAnswer(new Refusal(405, 'The method CONNECT is not allowed here; this server is no proxy.'));
    socket.on('error', () => {});
    socket.end(body, () => socket.destroy());
    const { peer } = socket as Connection;
    this.hooks.refused({
      method: 'CONNECT',
      path: req.url ?? '',
      status: 405,
      bytesIn: 0,
      bytesOut: body.length,
      remote: peer,
      message: 'The method CONNECT is not allowed here; this server is no proxy.',
    });
  };

  /** A client that does not speak TLS, or another version of it. One that only connects and leaves is not worth a record. */
  private readonly refuseTls = (error: NodeJS.ErrnoException, socket: Socket): void => {
    socket.destroy();
    if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return;
    this.hooks.refused({
      method: '',
      path: '',
      status: 400,
      bytesIn: 0,
      bytesOut: 0,
      remote: socket.remoteAddress ?? '',
      message: `The TLS handshake failed: ${error.code ?? error.message}.`,
    });
  };
}
