import type { HttpOperation, Json, Server } from '../document/types.ts';
import { rankOf } from '../log/record.ts';
import type { FromWorker } from '../wire/messages.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import type { HttpHooks, HttpServerConfig, HttpTarget } from './http/types.ts';
import { OperationTarget, RefusingTarget } from './http-target.ts';
import type { LiveProject } from './live.ts';
import type { RecordObserver } from './observer.ts';
import { countRequest } from './request-counts.ts';
import { readTls } from './tls.ts';

/** How long connections of a server that stops or moves may go on, in milliseconds. */
const farewellMs = 10_000;

/** The HTTP servers of this worker: one for each socket that the control process handed over. */
export class HttpServers {
  private readonly open = new Map<string, HttpServer>();
  private live: LiveProject | null = null;

  constructor(
    private readonly observer: RecordObserver,
    private readonly tell: (message: FromWorker) => void,
  ) {}

  /** Brings every open server to a version of the project. Gives of each why it could not follow in all; null when it did. */
  async use(live: LiveProject): Promise<{ [server: string]: string | null }> {
    this.live = live;
    const behind: { [server: string]: string | null } = {};
    await Promise.all(
      [...this.open].map(async ([id, server]) => {
        const document = live.compiled.documents.servers.get(id);
        if (document === undefined) return;
        try {
          behind[id] = await this.bring(server, document, live);
          this.reportUnroutable(id, server);
        } catch (thrown) {
          behind[id] = `The server goes on as it was before: ${(thrown as Error).message}`;
        }
      }),
    );
    return behind;
  }

  /** A certificate that cannot be used holds up nothing else: clients go on with the one there was. */
  private async bring(server: HttpServer, document: Server, live: LiveProject): Promise<string | null> {
    let reason: string | null = null;
    const tls = await this.tls(document, live).catch((thrown: Error) => {
      reason = `The server goes on with the certificate that it had. ${thrown.message}`;
      return undefined;
    });
    await server.update({ ...this.config(document, live), tls }, this.targets(document, live));
    return reason;
  }

  /** Listens on a bound handle in place of what the server listened on before. */
  async listen(id: string, handle: unknown): Promise<void> {
    const { live } = this;
    const document = live?.compiled.documents.servers.get(id);
    if (typeof handle !== 'object' || handle === null) return;
    try {
      if (live === null || document === undefined)
        throw new Error('The worker does not know the server yet; start it again.');
      const server = await createHttpServer(
        { ...this.config(document, live), tls: await this.tls(document, live) },
        this.targets(document, live),
        this.hooks(id),
      );
      const { port } = await server.listen({ handle });
      this.reportUnroutable(id, server);
      const before = this.open.get(id);
      this.open.set(id, server);
      // Both may listen on one socket: whoever hears that this one listens meets no more the one before.
      if (before !== undefined)
        await new Promise<void>((resolve) => void before.drain(farewellMs, { refuse: false, deaf: resolve }));
      this.tell({ type: 'listening', server: id, port });
    } catch (thrown) {
      (handle as { close?: () => void }).close?.();
      const { code = 'ECONFIG', message } = thrown as NodeJS.ErrnoException;
      this.tell({ type: 'listen-failed', server: id, code, message });
    }
  }

  /** Resolves when nobody is let in any more; what is under way is answered, what comes on open connections is refused. */
  async unlisten(id: string): Promise<void> {
    const server = this.open.get(id);
    this.open.delete(id);
    await new Promise<void>((resolve) => {
      if (server === undefined) resolve();
      else void server.drain(farewellMs, { deaf: resolve });
    });
  }

  /** Answers what is under way and accepts nothing more. */
  async drain(ms: number): Promise<void> {
    await Promise.all([...this.open.values()].map((server) => server.drain(ms)));
  }

  private readonly reported = new Map<string, string>();

  /** Says once of every operation that gets no requests why that is so. */
  private reportUnroutable(id: string, server: HttpServer): void {
    const now = JSON.stringify(server.unroutable);
    if (this.reported.get(id) === now) return;
    this.reported.set(id, now);
    for (const { address, reason } of server.unroutable) {
      this.observer.system('warning', 'operation.unroutable', `${address} gets no requests: ${reason}`, {
        node: address,
      });
    }
  }

  private targets(document: Server, live: LiveProject): HttpTarget[] {
    const rank = lowestRank(live, document.id);
    return document.operations.flatMap((source): HttpTarget[] => {
      if (source.active === false) return [];
      const address = `server/${document.id}/${source.id}`;
      if (live.quarantined.has(address))
        return [new RefusingTarget(address, source as HttpOperation, 'quarantined', this.observer, rank)];
      const operation = live.compiled.operations.get(address);
      if (operation === undefined)
        return [new RefusingTarget(address, source as HttpOperation, 'document-invalid', this.observer, rank)];
      return [new OperationTarget(operation, live, this.observer)];
    });
  }

  private async tls({ tls }: Server, live: LiveProject): Promise<HttpServerConfig['tls']> {
    const { dataDir } = live.state.settings;
    return tls && readTls(tls, { dataDir, secret: (name) => live.secret(name) });
  }

  private config(document: Server, live: LiveProject): HttpServerConfig {
    const api = document.api === undefined ? undefined : live.compiled.documents.apis.get(document.api);
    if (document.api !== undefined && api === undefined)
      throw new Error(`The server links the API "${document.api}", and there is none of that id under apis/.`);
    return {
      id: document.id,
      cors: document.cors,
      limits: { requestBytes: live.state.settings.limits.requestBytes },
      api: api?.openapi as { [key: string]: Json } | undefined,
    };
  }

  private hooks(id: string): HttpHooks {
    return {
      refused: (request) => {
        countRequest(request.status);
        const { live } = this;
        if (live?.state.settings.logs.usage)
          this.observer.requestRefused(`server/${id}`, request, lowestRank(live, id));
      },
      fault: (thrown) =>
        this.observer.system(
          'error',
          'server.fault',
          `A request failed outside its workflow: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
          { node: `server/${id}` },
        ),
    };
  }
}

/** Rank of the lowest level that is written of a server's requests. */
function lowestRank({ state, compiled }: LiveProject, id: string): number {
  const level = state.switches[`server/${id}`]?.logLevel ?? compiled.documents.servers.get(id)?.logLevel;
  return rankOf[level ?? state.settings.logs.level];
}
