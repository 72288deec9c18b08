import type { Server } from '../document/types.ts';
import type { FromWorker } from '../wire/messages.ts';
import { type BoundHandle, bind } from './listeners.ts';

export interface ServerState {
  state: 'stopped' | 'starting' | 'listening' | 'failed';
  host: string;
  /** The port it has, or wants. */
  port: number;
  /** Why it failed and what helps. */
  reason: string | null;
}

interface Entry extends ServerState {
  wanted: string;
  handle: BoundHandle | null;
}

export interface ServerEvents {
  listen(server: string, handle: BoundHandle): void;
  /** Resolves when nothing accepts connections any more. */
  unlisten(server: string): Promise<void>;
  changed(server: string, state: ServerState): void;
}

const tryAgainMs = 5000;

/** The sockets of the project's HTTP servers: binds, hands to the workers, and knows why one does not listen. */
export class ServerSockets {
  private readonly entries = new Map<string, Entry>();
  private readonly retry: NodeJS.Timeout;
  private documents: Server[] = [];
  private readonly closing = new Set<Promise<void>>();

  constructor(
    private readonly portOffset: number,
    private readonly events: ServerEvents,
  ) {
    this.retry = setInterval(() => this.tryFailedOnes(), tryAgainMs);
    this.retry.unref();
  }

  /** Opens, closes and moves sockets until they are what the documents say. */
  reconcile(servers: Iterable<Server>): void {
    this.documents = [...servers].filter((server) => server.type === 'http');
    const known = new Map(this.documents.map((server) => [server.id, server]));
    for (const id of [...this.entries.keys()]) {
      if (!known.has(id)) {
        this.stop(id);
        this.entries.delete(id);
      }
    }
    for (const server of this.documents) this.settle(server);
  }

  /** Resolves when every socket that was closed so far is. */
  async closed(): Promise<void> {
    await Promise.all(this.closing);
  }

  states(): ReadonlyMap<string, ServerState> {
    return this.entries;
  }

  /** What a worker says of a socket it was given. */
  heard(message: Extract<FromWorker, { type: 'listening' | 'listen-failed' }>): void {
    const entry = this.entries.get(message.server);
    if (entry === undefined || entry.handle === null) return;
    if (message.type === 'listening') {
      if (entry.state !== 'listening')
        this.become(message.server, entry, { state: 'listening', port: message.port, reason: null });
      return;
    }
    this.fail(message.server, entry, message.code, message.message);
  }

  /** The server cannot serve for a reason other than its socket, such as a certificate that cannot be read. */
  refuse(server: string, reason: string | null): void {
    const entry = this.entries.get(server);
    if (entry === undefined) return;
    if (reason !== null && entry.reason !== reason && entry.state !== 'stopped')
      this.become(server, entry, { state: 'failed', reason });
  }

  close(): void {
    clearInterval(this.retry);
    for (const { handle } of this.entries.values()) handle?.close();
    this.entries.clear();
  }

  private settle(server: Server): void {
    const host = server.host ?? '127.0.0.1';
    const port = server.port ? server.port + this.portOffset : 0;
    const wanted = server.active === false ? 'stopped' : `${host}:${server.port ?? 0}`;
    const entry = this.entries.get(server.id) ?? {
      state: 'stopped',
      host,
      port,
      reason: null,
      wanted: 'stopped',
      handle: null,
    };
    this.entries.set(server.id, entry);
    if (wanted === 'stopped' && entry.handle === null) Object.assign(entry, { host, port });
    if (entry.wanted === wanted && entry.state !== 'failed') return;
    entry.wanted = wanted;
    if (wanted === 'stopped') {
      this.stop(server.id);
      return;
    }
    // Port 0 became the port that the system had chosen: nothing changes.
    if (entry.state === 'listening' && entry.host === host && entry.port === port) return;
    const before = entry.handle;
    // Sockets that are new are opened before the old one goes, so that a moved server is never away.
    Object.assign(entry, { host, port, state: 'starting', reason: null, handle: null });
    try {
      entry.handle = bind(host, port);
      this.events.listen(server.id, entry.handle);
      before?.close();
    } catch (thrown) {
      if (before) {
        this.unlisten(server.id);
        before.close();
      }
      const { code = 'EUNKNOWN', message } = thrown as NodeJS.ErrnoException;
      this.fail(server.id, entry, code, message);
    }
  }

  private stop(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined || entry.handle === null) {
      if (entry && entry.state !== 'stopped') this.become(id, entry, { state: 'stopped', reason: null });
      return;
    }
    this.unlisten(id);
    entry.handle.close();
    entry.handle = null;
    this.become(id, entry, { state: 'stopped', reason: null });
  }

  private unlisten(id: string): void {
    const closing = this.events.unlisten(id).finally(() => this.closing.delete(closing));
    this.closing.add(closing);
  }

  private fail(id: string, entry: Entry, code: string, message: string): void {
    this.unlisten(id);
    entry.handle?.close();
    entry.handle = null;
    const reason = this.ownerOf(id, entry) ?? explain(code, entry.host, entry.port, message);
    if (entry.state === 'failed' && entry.reason === reason) return;
    this.become(id, entry, { state: 'failed', reason });
  }

  /** Why a port is taken, if it is so by another server of this project. */
  private ownerOf(id: string, { host, port }: Entry): string | undefined {
    const other = [...this.entries].find(
      ([name, entry]) => name !== id && entry.handle !== null && entry.port === port && entry.host === host,
    );
    if (other === undefined || port === 0) return undefined;
    return `Port ${port} on ${host} is that of the server "${other[0]}". Stop that one or give this server another port.`;
  }

  private become(id: string, entry: Entry, change: Partial<ServerState>): void {
    Object.assign(entry, change);
    this.events.changed(id, { state: entry.state, host: entry.host, port: entry.port, reason: entry.reason });
  }

  private tryFailedOnes(): void {
    for (const server of this.documents) {
      const entry = this.entries.get(server.id);
      if (entry?.state === 'failed' && entry.handle === null && server.active !== false)
        this.retryQuietly(server, entry);
    }
  }

  // A try that fails for the same reason is no news: the entry keeps its state until it succeeds.
  private retryQuietly(server: Server, entry: Entry): void {
    try {
      entry.handle = bind(entry.host, server.port ? server.port + this.portOffset : 0);
      this.events.listen(server.id, entry.handle);
    } catch {
      entry.handle = null;
    }
  }
}

function explain(code: string, host: string, port: number, message: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program. Stop that program or give the server another port.`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user; ports below 1024 usually need more rights. Choose a higher port.`;
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return `${host} is not an address of this machine. Use 127.0.0.1, 0.0.0.0, :: or an address it has.`;
    case 'ECONFIG':
      return message;
    default:
      return `The server cannot listen on ${host}:${port}: ${message} (${code}).`;
  }
}
