import { join } from 'node:path';
import { defaultsOf, operationsOf } from '../compile/project.ts';
import type { CheckContext } from '../document/check-context.ts';
import { operationVersion } from '../document/hash.ts';
import type { Fault, Json, Level, Project, Switches } from '../document/types.ts';
import { createRecordEncoder } from '../log/encoder.ts';
import { nodeState } from '../log/policy.ts';
import type { RecordKind } from '../log/record.ts';
import { AuditTrail } from '../log/sinks/audit.ts';
import type { LogFiles } from '../log/sinks/files.ts';
import type { Settings } from '../settings/table.ts';
import type { Frame } from '../wire/frames.ts';
import type { LevelCounts, SimulationRequest, WorkerState } from '../wire/messages.ts';
import { FileFailure } from './atomic-file.ts';
import { type Control, ControlFault, type Health, type NodeAnswer, type NodeChange } from './control.ts';
import type { DataFolder } from './data-folder.ts';
import { healthOf } from './health.ts';
import { documentAfter, locate, switchesAfter } from './node-change.ts';
import { loadProject, saveDocument, saveSwitches } from './project-files.ts';
import { SystemRecords } from './records.ts';
import { ServerSockets, type ServerState } from './servers.ts';
import { Supervisor } from './supervisor.ts';
import type { Death, WaitingRun, WorkerProcess } from './worker-process.ts';

/** Bytes that the log files may lag behind before workers are asked to hold their records. */
const backlogToPause = 8 * 1024 * 1024;

export interface EngineParts {
  settings: Settings;
  version: string;
  folder: DataFolder;
  project: Project;
  faults: Fault[];
  switches: Switches;
  global: { [name: string]: Json };
  check: CheckContext;
  logsDir: string;
  redactionKey: string;
}

/** The control process's heart: the project as it is live, the workers that run it, and the records of what happened. */
export class Engine implements Control {
  readonly settings: Settings;
  readonly version: string;
  readonly logsDir: string;
  private readonly audit: AuditTrail;
  private readonly supervisor: Supervisor;
  private readonly sockets: ServerSockets;
  private documents: Project;
  private faults: Fault[];
  private switches: Switches;
  private files: LogFiles | null = null;
  private records: SystemRecords | null = null;
  /** What arrived before the log files were open. */
  private early: ((files: LogFiles, records: SystemRecords) => void)[] = [];
  private readonly begun = Date.now();
  private changes: Promise<unknown> = Promise.resolve();
  private waiting: (() => void)[] = [];

  constructor(private readonly parts: EngineParts) {
    this.settings = parts.settings;
    this.version = parts.version;
    this.logsDir = parts.logsDir;
    this.audit = new AuditTrail(join(parts.folder.path, 'audit'));
    this.documents = parts.project;
    this.faults = parts.faults;
    this.switches = parts.switches;
    this.supervisor = new Supervisor(parts.settings.workers, {
      records: (frame) => this.take(frame),
      socket: (message) => this.sockets.heard(message),
      applied: (message) => this.applied(message.broken, message.servers),
      replaced: (worker, death, runs) => this.replaced(worker, death, runs),
      quarantined: (operation) => this.setAside(operation),
      dropped: (worker, counts) => this.reportDrops(worker, counts),
    });
    this.sockets = new ServerSockets(parts.settings.portOffset, {
      listen: (server, handle) => this.supervisor.listen(server, handle),
      unlisten: (server) => this.supervisor.unlisten(server),
      changed: (server, state) => this.socketChanged(server, state),
    });
  }

  /** Puts the project in force and opens its servers. */
  async open(): Promise<void> {
    void this.supervisor.apply(this.state());
    this.sockets.reconcile(this.documents.servers.values());
    for (const fault of this.faults) this.reportFault(fault);
  }

  /** Hands over the log files once they are open; records that came earlier are written now. */
  useLogs(files: LogFiles): void {
    const { redactionKey } = this.parts;
    const encode = createRecordEncoder(this.settings, [], redactionKey);
    const encodeJson = createRecordEncoder(this.settings, [], redactionKey, 'json');
    const records = new SystemRecords(files, this.audit, encode, encodeJson);
    this.files = files;
    this.records = records;
    for (const write of this.early) write(files, records);
    this.early = [];
  }

  /** Resolves when every active server listens or has said why not. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.tellWaiting();
    });
  }

  get logs(): LogFiles {
    if (this.files === null) throw new ControlFault(503, 'The log files are not open yet; try again in a moment.');
    return this.files;
  }

  project(): Project {
    return this.documents;
  }

  serverStates(): ReadonlyMap<string, ServerState> {
    return this.sockets.states();
  }

  node(address: string): NodeAnswer | undefined {
    const located = locate(this.documents, address);
    if (located === undefined) return undefined;
    const { kind, resource, operation, action } = located;
    const resourceAddress = `${kind}/${resource.id}`;
    const chain = [defaultsOf(resourceAddress, resource)];
    if (operation) chain.push(defaultsOf(`${resourceAddress}/${operation.id}`, operation));
    if (action) chain.push(defaultsOf(address, action));
    const state = nodeState(
      chain,
      this.switches,
      { level: this.settings.logs.level, captureAll: this.settings.logs.captureAll },
      Date.now(),
    );
    const node = action ?? operation ?? resource;
    const answer: NodeAnswer = {
      address,
      kind: action ? 'action' : operation ? 'operation' : kind,
      title: node.title || node.id,
      ...state,
    };
    if (action) answer.enabled = action.enabled !== false;
    else answer.active = (operation ?? resource).active !== false;
    const socket = kind === 'server' && !operation ? this.sockets.states().get(resource.id) : undefined;
    if (socket) answer.server = { state: socket.state, host: socket.host, port: socket.port, reason: socket.reason };
    if (operation && !action) answer.quarantined = this.supervisor.quarantine.operations.includes(address);
    return answer;
  }

  changeNode(address: string, change: NodeChange, by: string): Promise<NodeAnswer | undefined> {
    return this.inOrder(() => this.change(address, change, by)).catch((thrown: unknown) => {
      throw thrown instanceof FileFailure ? new ControlFault(thrown.status, thrown.message) : thrown;
    });
  }

  private async change(address: string, change: NodeChange, by: string): Promise<NodeAnswer | undefined> {
    const located = locate(this.documents, address);
    if (located === undefined) return undefined;
    const switches = switchesAfter(this.switches, address, located, change);
    const document = documentAfter(address, located, change);
    if (document !== undefined) {
      await saveDocument(this.parts.folder.path, located.kind, document);
      (this.documents[`${located.kind}s`] as Map<string, typeof document>).set(document.id, document);
    }
    if (JSON.stringify(switches) !== JSON.stringify(this.switches)) {
      await saveSwitches(this.parts.folder.path, switches);
      this.switches = switches;
    }
    await this.supervisor.apply(this.state());
    if (document !== undefined) this.sockets.reconcile(this.documents.servers.values());
    this.record('info', 'audit', 'node.changed', `${Object.keys(change).join(', ')} changed at ${address}`, {
      user: by,
      node: address,
    });
    return this.node(address);
  }

  async simulate(request: SimulationRequest): Promise<{ status: number; json: string }> {
    const answer = await this.supervisor.simulate(request);
    return (
      answer ?? {
        status: 502,
        json: JSON.stringify({
          type: 'about:blank',
          title: 'Bad Gateway',
          status: 502,
          detail: 'The worker process ended while the simulation was in it; a new one is on its way.',
        }),
      }
    );
  }

  health(): Health {
    return healthOf({
      version: this.version,
      begun: this.begun,
      workers: this.supervisor.workers,
      replacements: this.supervisor.replacements,
      servers: this.sockets.states(),
      quarantined: this.supervisor.quarantine.operations,
      logs: this.logs.health(),
      faults: this.faults,
    });
  }

  ready(): boolean {
    return this.supervisor.workers.some((worker) => worker.up) && this.allSettled();
  }

  record(
    level: Level,
    kind: RecordKind,
    event: string,
    message: string,
    about: { user?: string; node?: string; remote?: string } = {},
  ): void {
    this.withRecords((records) => records.write(level, kind, event, message, about));
  }

  /** Reads the documents again, after somebody changed the files. What is at fault keeps its last good version. */
  reload(): Promise<void> {
    return this.inOrder(async () => {
      const { project, faults } = loadProject(this.parts.folder.path, this.parts.check);
      const known = new Set(this.faults.map((fault) => JSON.stringify(fault)));
      this.documents = project;
      this.faults = faults;
      for (const fault of faults) if (!known.has(JSON.stringify(fault))) this.reportFault(fault);
      this.supervisor.quarantine.review((address) => this.versionOf(address));
      await this.supervisor.apply(this.state());
      // Only now do the workers know the servers that they are to listen for.
      this.sockets.reconcile(project.servers.values());
      this.record('info', 'system', 'project.loaded', 'The project was read again: its files have changed.');
    });
  }

  /** Lets running work finish, then ends everything; the records are on disk when it resolves. */
  async close(drainMs: number): Promise<void> {
    this.record('info', 'system', 'engine.stopping', 'The engine is stopping.');
    await this.supervisor.drain(drainMs);
    this.sockets.close();
    this.record('info', 'system', 'engine.stopped', 'The engine has stopped.');
    await this.files?.close();
    await this.audit.flush();
  }

  /** Ends the workers at once; for a second signal. */
  kill(): void {
    this.supervisor.kill();
  }

  private inOrder<T>(change: () => Promise<T>): Promise<T> {
    const result = this.changes.then(change);
    this.changes = result.catch(() => {});
    return result;
  }

  private state(): WorkerState {
    const { apis, servers, services, clients } = this.documents;
    return {
      settings: this.settings,
      documents: {
        apis: [...apis.values()],
        servers: [...servers.values()],
        services: [...services.values()],
        clients: [...clients.values()],
      },
      switches: this.switches,
      global: this.parts.global,
      secrets: {},
      redactionKey: this.parts.redactionKey,
      quarantined: this.supervisor.quarantine.operations,
    };
  }

  private take(frame: Exclude<Frame, { kind: 'journal' }>): void {
    if (this.files === null) this.early.push((files) => files.write(frame.kind, frame.payload, frame.counts));
    else {
      this.files.write(frame.kind, frame.payload, frame.counts);
      if (this.files.backlog() > backlogToPause) this.pauseRecords();
    }
  }

  private paused = false;
  private pauseRecords(): void {
    if (this.paused) return;
    this.paused = true;
    for (const worker of this.supervisor.workers) worker.pause(true);
    const look = setInterval(() => {
      if ((this.files?.backlog() ?? 0) > backlogToPause / 2) return;
      clearInterval(look);
      this.paused = false;
      for (const worker of this.supervisor.workers) worker.pause(false);
    }, 5);
  }

  private withRecords(write: (records: SystemRecords) => void): void {
    if (this.records === null) this.early.push((_, records) => write(records));
    else write(this.records);
  }

  private applied(broken: { [address: string]: string }, servers: { [server: string]: string }): void {
    for (const [address, message] of Object.entries(broken)) {
      this.record('error', 'system', 'operation.invalid', message, { node: address });
    }
    for (const [server, reason] of Object.entries(servers)) this.sockets.refuse(server, reason);
  }

  private replaced(worker: WorkerProcess, death: Death, runs: WaitingRun[]): void {
    this.withRecords((records) => {
      for (const run of runs) records.interrupted(run, worker.name);
    });
    const how =
      death.reason === 'blocked'
        ? 'did not answer for 2 s and was ended'
        : death.signal
          ? `was ended by ${death.signal}`
          : `ended with code ${death.code}`;
    const at = worker.stuck?.address ? ` It was busy at ${worker.stuck.address}.` : '';
    const lost = runs.length === 1 ? '1 run was interrupted.' : `${runs.length} runs were interrupted.`;
    this.record(
      'error',
      'system',
      'worker.replaced',
      `Worker ${worker.name} ${how}.${at} ${lost}`,
      worker.stuck?.address ? { node: worker.stuck.address } : {},
    );
  }

  private reportDrops(worker: WorkerProcess, counts: LevelCounts): void {
    const listed = Object.entries(counts).flatMap(([level, count]) => (count > 0 ? [`${count} ${level}`] : []));
    this.record(
      'warning',
      'system',
      'records.dropped',
      `Worker ${worker.name} had no room for records and dropped ${listed.join(', ')}.`,
    );
  }

  private setAside(operation: string): void {
    this.supervisor.quarantine.review((address) => this.versionOf(address));
    this.record(
      'error',
      'system',
      'operation.quarantined',
      `${operation} ended its worker three times within a minute and is set aside until it is changed.`,
      { node: operation },
    );
    void this.inOrder(() => this.supervisor.apply(this.state()));
  }

  private versionOf(address: string): string | null {
    for (const { operation, resource, address: candidate } of operationsOf(this.documents)) {
      const onError = operation.onError ?? resource.onError;
      if (candidate === address) return operationVersion(onError ? { ...operation, onError } : operation);
    }
    return null;
  }

  private socketChanged(server: string, state: ServerState): void {
    const node = `server/${server}`;
    if (state.state === 'listening')
      this.record('info', 'system', 'server.started', `${node} listens on ${state.host}:${state.port}.`, { node });
    if (state.state === 'failed') this.record('error', 'system', 'server.failed', `${node}: ${state.reason}`, { node });
    if (state.state === 'stopped') this.record('info', 'system', 'server.stopped', `${node} stopped.`, { node });
    this.tellWaiting();
  }

  private allSettled(): boolean {
    return [...this.sockets.states().values()].every(({ state }) => state !== 'starting');
  }

  private tellWaiting(): void {
    if (!this.allSettled()) return;
    for (const resolve of this.waiting) resolve();
    this.waiting = [];
  }

  private reportFault(fault: Fault): void {
    const level = fault.severity === 'error' ? 'error' : 'warning';
    this.record(
      level,
      'system',
      'document.invalid',
      `${fault.file}${fault.pointer && `:${fault.pointer}`} ${fault.message}`,
    );
  }
}
