import type { Server } from '../document/types.ts';
import type { FromWorker } from '../wire/messages.ts';
import { type BoundHandle, bind } from './listeners.ts';

export interface ServerState {
  state: 'stopped' | 'starting' | 'listening' | 'failed';
  host: string;
  /** The port it has, or wants. */
  port: number;
  /** Why it failed and what helps; of one that listens, in what it could not follow the newest version. */
  reason: string | null;
}

interface Entry extends ServerState {
  wanted: string;
  secure: boolean;
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
      if (entry.state !== 'listening' || entry.reason !== null)
        this.become(message.server, entry, { state: 'listening', port: message.port, reason: null });
      return;
    }
    this.fail(message.server, entry, message.code, message.message);
  }

  /** How a server that listens took a new version: why it could not follow, such as for a certificate that is none, or null. */
  followed(server: string, reason: string | null): void {
    const entry = this.entries.get(server);
    if (entry?.state === 'listening' && entry.reason !== reason) this.become(server, entry, { reason });
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
    const secure = server.tls !== undefined;
    const entry = this.entries.get(server.id) ?? {
      state: 'stopped',
      host,
      port,
      reason: null,
      wanted: 'stopped',
      secure,
      handle: null,
    };
    this.entries.set(server.id, entry);
    if (wanted === 'stopped' && entry.handle === null) Object.assign(entry, { host, port });
    const isAtPlace = entry.wanted === wanted || (entry.host === host && entry.port === port);
    const isSame = entry.wanted === wanted && entry.secure === secure;
    // One that failed and has a socket is being tried again at this moment.
    if (isSame && (entry.state !== 'failed' || entry.handle !== null)) return;
    const wasSecure = entry.secure;
    Object.assign(entry, { wanted, secure });
    if (wanted === 'stopped') {
      this.stop(server.id);
      return;
    }
    if (isAtPlace && entry.handle !== null) {
      // Port 0 became the port that the system had chosen: nothing changes. TLS begins or ends on the socket that there is.
      if (wasSecure === secure) return;
      Object.assign(entry, { state: 'starting', reason: null });
      this.events.listen(server.id, entry.handle);
      return;
    }
    const before = { handle: entry.handle, port: entry.port };
    // Sockets that are new are opened before the old one goes, so that a moved server is never away.
    Object.assign(entry, { host, port, state: 'starting', reason: null, handle: null });
    try {
      this.open(server.id, entry, port);
      before.handle?.close();
    } catch (thrown) {
      const closed = before.handle === null ? null : this.unlisten(server.id);
      before.handle?.close();
      const { code = 'EUNKNOWN', message } = thrown as NodeJS.ErrnoException;
      // The other address has the same port, and it was this server that had it.
      if (closed !== null && code === 'EADDRINUSE' && before.port === port)
        void closed.then(() => this.openAfterwards(server.id, entry));
      else this.fail(server.id, entry, code, message);
    }
  }

  private open(id: string, entry: Entry, port: number): void {
    entry.handle = bind(entry.host, port);
    this.events.listen(id, entry.handle);
  }

  /** Opens a socket that had to wait for the one before, unless something else was wanted meanwhile. */
  private openAfterwards(id: string, entry: Entry): void {
    if (this.entries.get(id) !== entry || entry.state !== 'starting' || entry.handle !== null) return;
    try {
      this.open(id, entry, entry.port);
    } catch (thrown) {
      const { code = 'EUNKNOWN', message } = thrown as NodeJS.ErrnoException;
      this.fail(id, entry, code, message);
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

  private unlisten(id: string): Promise<void> {
    const closing = this.events.unlisten(id).finally(() => this.closing.delete(closing));
    this.closing.add(closing);
    return closing;
  }

  private fail(id: string, entry: Entry, code: string, message: string): void {
    this.unlisten(id);
    entry.handle?.close();
    entry.handle = null;
    const owner = code === 'EADDRINUSE' ? this.ownerOf(id, entry) : undefined;
    const reason = owner ?? explain(code, entry.host, entry.port, message);
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
      this.open(server.id, entry, server.port ? server.port + this.portOffset : 0);
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
