import type { Level, Project, Switch } from '../document/types.ts';
import type { NodeState } from '../log/policy.ts';
import type { RecordKind } from '../log/record.ts';
import type { LogFiles } from '../log/sinks/files.ts';
import type { Settings } from '../settings/table.ts';
import type { RunHead } from '../store/run-head.ts';
import type { SpoolHealth } from '../store/spool.ts';
import type { LevelCounts, SimulationRequest } from '../wire/messages.ts';
import type { PerformanceFigures } from './performance.ts';
import type { ProjectStore } from './project/store.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { ServerState } from './servers.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Tail } from './tail.ts';
import type { TrafficFigures } from './traffic.ts';
import type { Variables } from './variables.ts';

/** What may be changed at a node while running. null takes back what was set, so that the document's default holds again. */
export interface NodeChange {
  log?: Switch | null;
  capture?: Switch | null;
  logLevel?: Level | null;
  active?: boolean;
  enabled?: boolean;
  /** Sets the log switch of every action of an operation. */
  logActions?: Switch | null;
}

/** What GET and PATCH of a node answer. */
export interface NodeAnswer extends NodeState {
  address: string;
  kind: 'server' | 'service' | 'client' | 'operation' | 'action';
  title: string;
  /** Servers, services, clients and operations. */
  active?: boolean;
  /** Actions. */
  enabled?: boolean;
  /** Servers: its socket. */
  server?: ServerState;
  /** Operations: it ended its worker too often and is set aside. */
  quarantined?: boolean;
  /** Operations: how many actions it has, and how many of them are logged. */
  actions?: { count: number; logged: number };
  /** Servers, services, clients and operations that ran in the last quarter of an hour, since the engine began. */
  traffic?: TrafficFigures;
}

export interface WorkerHealth {
  name: string;
  pid: number | null;
  state: 'starting' | 'up' | 'stuck';
  since: string;
  /** Runs that wait for something. */
  waiting: number;
  dropped: LevelCounts;
  /** Captured runs that found no room. */
  droppedCaptures: number;
}

export interface Health {
  status: 'ok' | 'degraded';
  /** One sentence for each thing that is not as it should be. */
  problems: string[];
  version: string;
  uptimeMs: number;
  pid: number;
  memory: { rssBytes: number };
  workers: WorkerHealth[];
  replacements: number;
  servers: { [id: string]: ServerState };
  quarantined: string[];
  logs: ReturnType<LogFiles['health']>;
  /** The stored records and captured runs. */
  store: SpoolHealth;
  /** Faults of the documents on disk, as `sluice check` prints them. */
  faults: string[];
  /** What the last performance record said; null in the first minute. */
  performance: PerformanceFigures | null;
}

/** The running engine as the control API sees it. */
export interface Control {
  readonly settings: Settings;
  readonly version: string;
  /** The project as it is live, its drafts and its history. */
  readonly store: ProjectStore;
  readonly variables: Variables;
  readonly secrets: Secrets;
  readonly configuration: SettingsStore;
  project(): Project;
  serverStates(): ReadonlyMap<string, ServerState>;
  /** undefined when there is no such node. */
  node(address: string): NodeAnswer | undefined;
  /**
   * Changes a node; in force in every worker when it resolves. undefined when there is no such node.
   * @throws ControlFault when the change makes no sense there, or cannot be stored
   */
  changeNode(address: string, change: NodeChange, by: string, remote?: string): Promise<NodeAnswer | undefined>;
  /** The answer as JSON text with its status; a worker that died of it answers 502. */
  simulate(request: SimulationRequest): Promise<{ status: number; json: string }>;
  /**
   * Starts or stops a server or client, also for the next start of the engine. Resolves when its socket is open or has
   * failed, which the answer says.
   * @throws ControlFault 404
   */
  setRunning(kind: 'server' | 'client', id: string, running: boolean, by: string): Promise<NodeAnswer>;
  health(): Health;
  /** Every active server listens or is in a stated failure, and a worker is up. */
  ready(): boolean;
  readonly logs: LogFiles;
  /**
   * Empties the logs and removes the stored records; captured runs stay.
   * @throws Error the system's, when a file stays
   */
  clearLogs(): Promise<void>;
  /** What redaction marks are made with. */
  readonly redactionKey: string;
  /** Folder of the log files. */
  readonly logsDir: string;
  /** Folder of the stored records and runs. */
  readonly storeDir: string;
  /** The newest records, and those to come. */
  readonly tail: Tail;
  /** Runs that are under way; their state is `running`. */
  runningRuns(): RunHead[];
  /** Resolves when everything that was taken so far can be read from the store; may take long on a slow disk. */
  flushStore(): Promise<void>;
  /** Writes a record of the system itself to usage.log. */
  record(
    level: Level,
    kind: RecordKind,
    event: string,
    message: string,
    about?: { user?: string; node?: string; remote?: string },
  ): void;
}

/** What a refusal is about, besides its words. */
export interface FaultAbout {
  /** The key, query parameter or header it is about. */
  field?: string;
  headers?: Readonly<Record<string, string>>;
  /** Every fault of a body or document. `pointer` is RFC 6901. */
  errors?: readonly { resource?: string; pointer: string; detail: string }[];
  /** Further members of the problem, such as the current version of what was changed meanwhile. */
  members?: Readonly<Record<string, unknown>>;
}

/** A refusal that the API answers as a problem: status, detail for people, and what it is about. */
export class ControlFault extends Error {
  readonly about: FaultAbout;

  constructor(
    readonly status: number,
    message: string,
    about: string | FaultAbout = {},
  ) {
    super(message);
    this.about = typeof about === 'string' ? { field: about } : about;
  }

  get field(): string | undefined {
    return this.about.field;
  }
}
