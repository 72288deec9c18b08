import type { ActionAnswer } from '../../engine/control/api/library.ts';
import type { NodeAnswer, NodeChange } from '../../engine/control/control.ts';
import type { Api, Client, Server, Service } from '../../engine/document/types.ts';
import { type ApiClient, pathOf } from '../api/client.ts';
import { ApiProblem, messageOf } from '../api/problem.ts';
import { DraftReader, type StoredDraft } from './draft-calls.ts';
import { isSame, type Part } from './same-json.ts';

const everyMs = 2000;

/** The project as the engine has it, at one moment. */
export interface LiveSnapshot {
  /** `away`: the last call failed; what is shown is from `asOf`. */
  connection: 'connecting' | 'connected' | 'away';
  /** What the engine said when it refused; null when it said nothing. */
  reason: string | null;
  /** While it is away: milliseconds since 1970 of the last answer; null when there was none. */
  asOf: number | null;
  apis: readonly Api[];
  servers: readonly Server[];
  services: readonly Service[];
  clients: readonly Client[];
  /** What is edited and not deployed, by name as in `server/hello`. The lists above are what is live. */
  drafts: ReadonlyMap<string, StoredDraft>;
  /** Drafts that cannot be shown, with the reason, by name; what is live is shown instead. */
  unreadable: ReadonlyMap<string, string>;
  /** The action library by id; empty until it is loaded. */
  library: ReadonlyMap<string, ActionAnswer>;
  /** Switches and states, by address. Actions are there for what was watched or loaded. */
  nodes: ReadonlyMap<string, NodeAnswer>;
}

const nothing: readonly NodeAnswer[] = [];
const none: LiveSnapshot = {
  connection: 'connecting',
  reason: null,
  asOf: null,
  apis: [],
  servers: [],
  services: [],
  clients: [],
  drafts: new Map(),
  unreadable: new Map(),
  library: new Map(),
  nodes: new Map(),
};

/** Follows the engine: asks every 2 s while the page is visible, and at once after a change made here. */
export class LiveProject {
  private current = none;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private asking: Promise<void> | null = null;
  /** Counts own changes: an answer to a question from before the last one is out of date. */
  private changes = 0;
  private watched: string | null = null;
  private overview = nothing;
  private details = nothing;
  private answeredAt: number | null = null;
  private readonly draftReader: DraftReader;

  constructor(
    private readonly api: ApiClient,
    private readonly signedOut: (reason: string) => void,
  ) {
    this.draftReader = new DraftReader(api);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): LiveSnapshot => this.current;

  /** Begins to ask; the function that comes back ends it. */
  start(): () => void {
    this.running = true;
    document.addEventListener('visibilitychange', this.onVisible);
    void this.refresh();
    return () => {
      this.running = false;
      clearTimeout(this.timer);
      document.removeEventListener('visibilitychange', this.onVisible);
    };
  }

  /** Follows the actions of an operation too; null for none. */
  watch(operation: string | null): void {
    if (this.watched === operation) return;
    this.watched = operation;
    if (operation !== null && this.running) void this.refresh();
  }

  /** Asks once for the actions of an operation. */
  async load(operation: string): Promise<void> {
    const before = this.changes;
    const nodes = await this.api.get<NodeAnswer[]>(`/api/nodes?node=${encodeURIComponent(operation)}`);
    if (before === this.changes)
      this.put({ nodes: new Map([...this.current.nodes, ...nodes.map((node) => [node.address, node] as const)]) });
  }

  /**
   * Changes a node's switches and shows them as they are then.
   * @throws ApiProblem when the engine refuses or does not answer
   */
  async change(address: string, change: NodeChange): Promise<void> {
    try {
      this.changes++;
      const node = await this.api.patch<NodeAnswer>(`/api/nodes/${pathOf(address)}`, change);
      this.changes++;
      this.put({ nodes: new Map(this.current.nodes).set(address, node) });
    } catch (thrown) {
      if (thrown instanceof ApiProblem && thrown.status === 401) this.signedOut(thrown.message);
      throw thrown;
    }
    await this.refresh();
    if (change.logActions !== undefined && this.watched !== address) await this.load(address);
  }

  /** Asks now; calls that come while it asks get the same answer, or the next one after a change. */
  async refresh(): Promise<void> {
    while (this.asking) await this.asking;
    clearTimeout(this.timer);
    this.asking = this.ask().finally(() => {
      this.asking = null;
    });
    await this.asking;
    clearTimeout(this.timer);
    if (this.running && !document.hidden) this.timer = setTimeout(() => void this.refresh(), everyMs);
  }

  private async ask(): Promise<void> {
    const { changes, watched } = this;
    try {
      // An engine that was away may have come back as another version.
      if (this.current.connection !== 'connected') {
        const actions = await this.api.get<ActionAnswer[]>('/api/actions');
        this.put({ library: new Map(actions.map((action) => [action.id, action])) });
      }
      const overviewAnswer = this.api.get<NodeAnswer[]>('/api/nodes');
      const [apis, servers, services, clients, drafts, overview, details] = await Promise.all([
        this.api.get<Api[]>('/api/apis'),
        this.api.get<Server[]>('/api/servers'),
        this.api.get<Service[]>('/api/services'),
        this.api.get<Client[]>('/api/clients'),
        this.draftReader.read(),
        overviewAnswer,
        watched === null ? nothing : overviewAnswer.then((known) => this.detailsOf(watched, known)),
      ]);
      const isNew = changes === this.changes && (overview !== this.overview || details !== this.details);
      if (isNew) {
        this.overview = overview;
        this.details = details;
      }
      this.answeredAt = Date.now();
      const nodes = isNew ? this.nodesOf([...overview, ...details]) : this.current.nodes;
      this.put({
        connection: 'connected',
        reason: null,
        asOf: null,
        apis,
        servers,
        services,
        clients,
        drafts,
        unreadable: this.draftReader.unreadable,
        nodes,
      });
    } catch (thrown) {
      if (thrown instanceof ApiProblem && thrown.status === 401) this.signedOut(thrown.message);
      else
        this.put({ connection: 'away', reason: isSilence(thrown) ? null : messageOf(thrown), asOf: this.answeredAt });
    }
  }

  /** By address; a node of which nothing changed is the same object as before, so that what shows it stays as it is. */
  private nodesOf(nodes: readonly NodeAnswer[]): Map<string, NodeAnswer> {
    return new Map(
      nodes.map((node) => {
        const known = this.current.nodes.get(node.address);
        return [node.address, known !== undefined && isSame(asPart(known), asPart(node)) ? known : node];
      }),
    );
  }

  /** The nodes of an operation; none, and no question, for one that was never deployed. */
  private async detailsOf(operation: string, overview: readonly NodeAnswer[]): Promise<readonly NodeAnswer[]> {
    if (!overview.some(({ address }) => address === operation)) return nothing;
    return await this.api.get<NodeAnswer[]>(`/api/nodes?node=${encodeURIComponent(operation)}`).catch(noneIfUnknown);
  }

  private readonly onVisible = (): void => {
    if (!document.hidden) void this.refresh();
  };

  private put(part: Partial<LiveSnapshot>): void {
    const isSame = Object.entries(part).every(([key, value]) => this.current[key as keyof LiveSnapshot] === value);
    if (isSame) return;
    this.current = { ...this.current, ...part };
    for (const listener of this.listeners) listener();
  }
}

const asPart = (node: NodeAnswer): Part => node as unknown as Part;

const isSilence = (thrown: unknown): boolean => thrown instanceof ApiProblem && thrown.status === 0;

// The operation on screen may have been removed meanwhile; its page says so.
const noneIfUnknown = (thrown: unknown): readonly NodeAnswer[] => {
  if (thrown instanceof ApiProblem && thrown.status === 404) return nothing;
  throw thrown;
};
