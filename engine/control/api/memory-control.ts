import type { Level, Project, Switches } from '../../document/types.ts';
import { nodeState } from '../../log/policy.ts';
import type { RecordKind } from '../../log/record.ts';
import type { LogFiles } from '../../log/sinks/files.ts';
import type { RunHead } from '../../store/run-head.ts';
import { noCounts, type SimulationRequest } from '../../wire/messages.ts';
import { type Control, ControlFault, type Health, type NodeAnswer, type NodeChange } from '../control.ts';
import { describeNode } from '../node-answer.ts';
import { changeInWords, documentAfter, locate, switchesAfter } from '../node-change.ts';
import type { ProjectStore } from '../project/store.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { ServerState } from '../servers.ts';
import type { SettingsStore } from '../settings-store.ts';
import { Tail } from '../tail.ts';
import { Traffic } from '../traffic.ts';
import type { Variables } from '../variables.ts';

export interface WrittenRecord {
  level: Level;
  kind: RecordKind;
  event: string;
  message: string;
  user?: string;
  node?: string;
  remote?: string;
}

interface Parts {
  store: ProjectStore;
  variables: Variables;
  secrets: Secrets;
  configuration: SettingsStore;
  logs: LogFiles;
  logsDir: string;
  storeDir: string;
}

/** The engine's own stores on a folder of their own, without processes: what tests of the API talk to. */
export class MemoryControl implements Control {
  readonly version = '0.0.0-test';
  readonly store: ProjectStore;
  readonly variables: Variables;
  readonly secrets: Secrets;
  readonly configuration: SettingsStore;
  readonly logs: LogFiles;
  readonly logsDir: string;
  readonly storeDir: string;
  readonly tail = new Tail();
  readonly traffic = new Traffic();
  readonly redactionKey = 'key-of-the-tests';
  /** What runningRuns() gives. */
  running: RunHead[] = [];
  readonly records: WrittenRecord[] = [];
  readonly simulated: SimulationRequest[] = [];
  readonly states = new Map<string, ServerState>();
  switches: Switches = {};
  isReady = true;
  /** Thrown by health(), to see what the API makes of a failure of its own. */
  failure: Error | null = null;

  constructor({ store, variables, secrets, configuration, logs, logsDir, storeDir }: Parts) {
    this.store = store;
    this.variables = variables;
    this.secrets = secrets;
    this.configuration = configuration;
    this.logs = logs;
    this.logsDir = logsDir;
    this.storeDir = storeDir;
    const listen = async () => this.listen();
    store.employ({ rehearse: async () => [], apply: listen });
    this.listen();
  }

  get settings() {
    return this.configuration.current;
  }

  /** What the sockets of the engine would be. */
  private listen(): void {
    const { servers } = this.store.documents;
    for (const id of this.states.keys()) if (!servers.has(id)) this.states.delete(id);
    for (const { id, active, host = '127.0.0.1', port = 0 } of servers.values())
      this.states.set(id, { state: active === false ? 'stopped' : 'listening', host, port, reason: null });
  }

  project(): Project {
    return this.store.documents;
  }

  serverStates(): ReadonlyMap<string, ServerState> {
    return this.states;
  }

  node(address: string): NodeAnswer | undefined {
    const settings = { level: this.settings.logs.level, captureAll: this.settings.logs.captureAll };
    return describeNode(address, {
      project: this.store.documents,
      servers: this.states,
      quarantined: [],
      switches: (chain) => nodeState(chain, { switches: this.switches, settings, now: Date.now(), uses: {} }),
      traffic: (operations) => this.traffic.of(operations),
    });
  }

  async changeNode(address: string, change: NodeChange, by: string): Promise<NodeAnswer | undefined> {
    const located = locate(this.store.documents, address);
    if (located === undefined) return undefined;
    const switches = switchesAfter(this.switches, address, located, change);
    const document = documentAfter(address, located, change);
    if (document) await this.store.revise(located.kind, document.id, () => document, { user: by, action: 'switch' });
    this.switches = switches;
    this.record('info', 'audit', 'node.changed', changeInWords(address, change), { user: by, node: address });
    return this.node(address);
  }

  async setRunning(kind: 'server' | 'client', id: string, running: boolean, by: string): Promise<NodeAnswer> {
    const author = { user: by, action: running ? ('start' as const) : ('stop' as const) };
    await this.store.revise(kind, id, (document) => ({ ...document, active: running }), author);
    const answer = this.node(`${kind}/${id}`);
    if (answer === undefined) throw new ControlFault(404, `There is no ${kind} "${id}".`);
    return answer;
  }

  async simulate(request: SimulationRequest): Promise<{ status: number; json: string }> {
    this.simulated.push(request);
    if ((request.workflow ?? request.operation) === undefined && this.node(request.address) === undefined) {
      const detail = `There is no active operation "${request.address}".`;
      return { status: 404, json: JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail }) };
    }
    return {
      status: 200,
      json: JSON.stringify({ run: '01JDTEST', state: 'succeeded', output: request.input, error: null, spans: [] }),
    };
  }

  health(): Health {
    if (this.failure) throw this.failure;
    return {
      status: 'ok',
      problems: [],
      version: this.version,
      uptimeMs: 1,
      pid: process.pid,
      memory: { rssBytes: 1 },
      workers: [],
      replacements: 0,
      servers: Object.fromEntries(this.states),
      quarantined: [],
      logs: this.logs.health(),
      store: {
        writable: true,
        lastError: null,
        dropped: noCounts(),
        droppedCaptures: 0,
        bytes: 0,
        days: 0,
        backlog: 0,
      },
      faults: [],
      performance: null,
    };
  }

  ready(): boolean {
    return this.isReady;
  }

  runningRuns(): RunHead[] {
    return this.running;
  }

  async flushStore(): Promise<void> {}

  async clearLogs(): Promise<void> {
    await this.logs.clear();
    this.tail.clear();
  }

  record(
    level: Level,
    kind: RecordKind,
    event: string,
    message: string,
    about: { user?: string; node?: string; remote?: string } = {},
  ): void {
    this.records.push({ level, kind, event, message, ...about });
  }
}
