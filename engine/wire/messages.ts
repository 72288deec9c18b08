import type { HostServer, HostTimer } from '../../actions/kit/define.ts';
import type { Api, Client, Json, Operation, Project, Server, Service, Switches, Workflow } from '../document/types.ts';
import type { ErrorShape } from '../errors.ts';
import type { SwitchUses } from '../log/policy.ts';
import type { Settings } from '../settings/table.ts';
import type { RunTrigger } from '../store/run-head.ts';
import type { LoopDelay } from './loop-delay.ts';

/** The project as it travels: plain lists of documents. */
export interface ProjectDocuments {
  apis: Api[];
  servers: Server[];
  services: Service[];
  clients: Client[];
}

export const documentsOf = ({ apis, servers, services, clients }: Project): ProjectDocuments => ({
  apis: [...apis.values()],
  servers: [...servers.values()],
  services: [...services.values()],
  clients: [...clients.values()],
});

/** Everything a worker runs on. Sent whole on every change, so that a worker is never half-way between two versions. */
export interface WorkerState {
  /** Of the program. */
  version: string;
  settings: Settings;
  documents: ProjectDocuments;
  switches: Switches;
  uses: SwitchUses;
  global: { [name: string]: Json };
  secrets: { [name: string]: string };
  /** Values that secrets had before: runs that began with them may still write them. */
  formerSecrets: string[];
  /** See log/encoder.ts. */
  redactionKey: string;
  /** Operations set aside because they ended their worker too often. */
  quarantined: string[];
}

export interface SimulationRequest {
  address: string;
  input: Json;
  /** Run instead of the live workflow; the address then need not exist. */
  workflow?: Workflow | undefined;
  /** The same with all that belongs to it: method, path, schemas, time limit, and the error handler in force. */
  operation?: Operation | undefined;
  /** Keep the run as a captured one. */
  store?: boolean | undefined;
}

/** A switch with `times`: its key and its version (see log/policy.ts). */
export interface CountedSwitch {
  key: string;
  version: number;
}

/** Runs of a counted switch. */
export interface SwitchRuns extends CountedSwitch {
  runs: number;
}

/** What a worker hears of counted switches: runs that it may write, and that it is to give back what it has not used. */
export type SwitchGrant = ({ type: 'switch-lease' } & SwitchRuns) | ({ type: 'switch-recall' } & CountedSwitch);

/** What a worker says of bounded switches. */
export type SwitchNews =
  /** It has used up what it may write. */
  | ({ type: 'switch-wanted' } & CountedSwitch)
  | { type: 'switch-used'; switches: SwitchRuns[] }
  | ({ type: 'switch-returned' } & SwitchRuns)
  /** A condition failed; said once per worker and switch. */
  | { type: 'switch-failed'; key: string; node: string; message: string };

/** What a node asks of the engine; `by` is its address (see HostControl in the kit). */
export type Asked =
  | { what: 'start-server' | 'stop-server'; server: string; by: string }
  | { what: 'set-timer'; timer: HostTimer; by: string }
  | { what: 'change-timer'; timer: string; change: Partial<Omit<HostTimer, 'id'>>; by: string }
  | { what: 'delete-timer'; timer: string; by: string }
  | { what: 'timers' };

export type Wanted = HostServer | HostTimer | readonly HostTimer[] | boolean;
export type Answer = { value: Wanted } | { failure: { code: string; message: string } };

export type ToWorker =
  /** `leases` are runs of counted switches that the worker hears of for the first time. */
  | { type: 'apply'; id: number; state: WorkerState; leases: SwitchRuns[] }
  /** Compile the state without putting it in force. */
  | { type: 'rehearse'; id: number; state: WorkerState }
  /** Comes with the bound TCP handle. */
  | { type: 'listen'; server: string }
  /** Accept no more connections of the server; said with `unlistened`. */
  | { type: 'unlisten'; id: number; server: string }
  | { type: 'simulate'; id: number; request: SimulationRequest }
  /** Run a service operation; said with `fired` when it is over. */
  | { type: 'fire'; id: number; operation: string; input: Json }
  | { type: 'answer'; id: number; answer: Answer }
  | SwitchGrant
  /** Tell how it fares; said with `measured`. */
  | { type: 'measure'; id: number }
  /** Finish what runs, within so many milliseconds, then exit. */
  | { type: 'drain'; ms: number };

/** What would not work of a state: operations that cannot be compiled, by address, and servers whose TLS cannot be used, by id. */
export interface Rehearsal {
  broken: { [address: string]: string };
  servers: { [server: string]: string };
}

export type FromWorker =
  | { type: 'up' }
  /**
   * The state is in force; `broken` are operations that could not be compiled, and why. `servers` are those that are open in
   * this worker: why one could not follow in all, or null.
   */
  | { type: 'applied'; id: number; broken: { [address: string]: string }; servers: { [server: string]: string | null } }
  /** The state before is still in force. */
  | { type: 'apply-failed'; id: number }
  | ({ type: 'rehearsed'; id: number } & Rehearsal)
  | { type: 'unlistened'; id: number }
  | { type: 'listening'; server: string; port: number }
  | { type: 'listen-failed'; server: string; code: string; message: string }
  /** `json` is what the API answers: already bounded and redacted. */
  | { type: 'simulated'; id: number; status: number; json: string }
  | { type: 'fired'; id: number }
  | { type: 'ask'; id: number; asked: Asked }
  /** A node is about to run a command line. */
  | { type: 'command'; line: string; by: string }
  | SwitchNews
  | { type: 'measured'; id: number; vitals: WorkerVitals }
  | {
      type: 'beat';
      waiting: number;
      dropped: LevelCounts;
      droppedCaptures: number;
      backlog: number;
      /** Runs that ended since the last beat that told of any. */
      runs?: RunCount[] | undefined;
    };

/** Runs of an operation that ended, and how many of them failed (of HTTP: were answered with 5xx). */
export type RunCount = [operation: string, runs: number, errors: number];

/** How a worker fares. */
export interface WorkerVitals {
  /** Since it was last asked. */
  loopDelayMs: LoopDelay;
  rssBytes: number;
  /** Requests answered since it began, and those of them with 5xx. */
  requests: number;
  errors: number;
  /** Runs that wait for something. */
  running: number;
  /** Bytes of records that wait for the control process. */
  backlogBytes: number;
  /** Records that found no room since it began. */
  dropped: LevelCounts;
}

export interface LevelCounts {
  debug: number;
  info: number;
  warning: number;
  error: number;
}
export const noCounts = (): LevelCounts => ({ debug: 0, info: 0, warning: 0, error: 0 });

/** Lines of the journal frame: what a worker says of the runs that wait in it. */
export type JournalEntry =
  | [
      '+',
      run: string,
      operation: string,
      version: string,
      begin: number,
      trace: string | null,
      trigger: RunTrigger,
      http: [method: string, path: string, remote: string] | null,
    ]
  | ['@', run: string, node: string]
  | ['-', run: string];

/** Lines that the watchdog thread writes while the worker's event loop does not turn. */
export interface StuckReport {
  address: string | null;
  operation: string | null;
  run: string;
  begin: number;
  /** Milliseconds since the loop last turned. */
  ms: number;
}

export interface SimulationAnswer {
  run: string;
  state: 'succeeded' | 'failed' | 'cancelled';
  output: unknown;
  error: ErrorShape | null;
  spans: unknown[];
}
