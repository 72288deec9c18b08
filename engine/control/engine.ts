import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { operationsOf } from '../compile/project.ts';
import { operationVersion } from '../document/hash.ts';
import type { Fault, Json, Level, Project, Switches } from '../document/types.ts';
import type { RecordKind } from '../log/record.ts';
import { AuditTrail } from '../log/sinks/audit.ts';
import type { LogFiles } from '../log/sinks/files.ts';
import type { Settings } from '../settings/table.ts';
import type { RunHead } from '../store/run-head.ts';
import { documentsOf, type LevelCounts, type SimulationRequest, type WorkerState } from '../wire/messages.ts';
import { FileFailure } from './atomic-file.ts';
import { type Control, ControlFault, type Health, type NodeAnswer, type NodeChange } from './control.ts';
import type { DataFolder } from './data-folder.ts';
import { healthOf } from './health.ts';
import { News } from './news.ts';
import { describeNode } from './node-answer.ts';
import { changeInWords, documentAfter, locate, switchesAfter } from './node-change.ts';
import { isActiveService, NodeRequests } from './node-requests.ts';
import { PerformanceRecords } from './performance.ts';
import type { ResourceFault } from './project/refusals.ts';
import { faultsOf } from './project/rehearsal-faults.ts';
import { variablesName } from './project/revision.ts';
import type { ProjectStore } from './project/store.ts';
import { type RecordForm, RecordIntake, type RecordSinks } from './record-intake.ts';
import { headOfWaiting } from './running-runs.ts';
import type { Secrets } from './secrets/secrets.ts';
import { ServerSockets, type ServerState } from './servers.ts';
import type { SettingsStore } from './settings-store.ts';
import { switchesFile, variablesFile } from './state-files.ts';
import { Supervisor } from './supervisor.ts';
import { SwitchBoard } from './switch-board.ts';
import { Tail } from './tail.ts';
import { Timers } from './timers.ts';
import { Traffic } from './traffic.ts';
import type { Variables } from './variables.ts';

/** Milliseconds that a change waits for the sockets that it opens. */
const listenWithinMs = 1_000;

export interface EngineParts {
  configuration: SettingsStore;
  version: string;
  folder: DataFolder;
  /** The port that the control API listens on. */
  port: number;
  store: ProjectStore;
  variables: Variables;
  secrets: Secrets;
  switches: Switches;
  /** What is wrong with the file of switches. */
  faults: Fault[];
  logsDir: string;
  redactionKey: string;
  /** How often performance records are written; every minute if left out. */
  performanceMs?: number;
}

/** The control process's heart: the project as it is live, the workers that run it, and the records of what happened. */
export class Engine implements Control {
  readonly version: string;
  readonly logsDir: string;
  readonly store: ProjectStore;
  readonly variables: Variables;
  readonly secrets: Secrets;
  readonly configuration: SettingsStore;
  readonly storeDir: string;
  readonly tail = new Tail();
  private readonly traffic = new Traffic();
  private readonly audit: AuditTrail;
  private readonly intake: RecordIntake;
  private readonly news: News;
  private readonly supervisor: Supervisor;
  private readonly sockets: ServerSockets;
  private readonly board: SwitchBoard;
  private readonly performance: PerformanceRecords;
  private readonly timers: Timers;
  private readonly requests: NodeRequests;
  private readonly begun = Date.now();
  private inForce: Settings;
  private changes: Promise<unknown> = Promise.resolve();
  private waiting: (() => void)[] = [];

  constructor(private readonly parts: EngineParts) {
    this.version = parts.version;
    this.logsDir = parts.logsDir;
    this.storeDir = join(parts.folder.path, 'store');
    this.store = parts.store;
    this.variables = parts.variables;
    this.secrets = parts.secrets;
    this.configuration = parts.configuration;
    this.inForce = this.here(parts.configuration.current);
    this.audit = new AuditTrail(join(parts.folder.path, 'audit'), ({ level, event, message }) =>
      this.record(level, 'system', event, message),
    );
    void this.audit.open();
    this.intake = new RecordIntake(this.audit, this.recordForm(), () => this.supervisor.workers, this.tail);
    this.news = new News((...record) => this.record(...record));
    this.board = new SwitchBoard({
      dataDir: parts.folder.path,
      switches: parts.switches,
      faults: parts.faults,
      documents: () => this.store.documents,
      settings: () => this.settings.logs,
      workers: this.settings.workers,
      changed: () => void this.apply(),
      record: (level, event, message, node) => this.record(level, 'system', event, message, node ? { node } : {}),
      send: (worker, message) => this.supervisor.grant(worker, message),
    });
    this.supervisor = new Supervisor(this.settings.workers, {
      records: (frame) => this.intake.take(frame),
      socket: (message) => this.sockets.heard(message),
      applied: (message) => this.applied(message.broken, message.servers),
      replaced: (worker, death, runs) => {
        this.intake.interrupted(runs, worker.name);
        this.news.workerReplaced(worker, death, runs);
      },
      quarantined: (operation) => this.setAside(operation),
      dropped: (worker, counts) => this.news.recordsDropped(worker, counts),
      leases: (worker) => this.board.leasesFor(worker),
      switchNews: (worker, news) => this.board.heard(worker, news),
      ran: (counts) => this.traffic.add(counts),
      asked: (asked) => this.requests.answer(asked),
      command: (line, by) => this.news.commandRun(line, by),
      gone: (worker, farewell) => this.board.gone(worker, farewell),
    });
    this.sockets = new ServerSockets(this.settings.portOffset, {
      listen: (server, handle) => this.supervisor.listen(server, handle),
      unlisten: (server) => this.supervisor.unlisten(server),
      changed: (server, state) => {
        this.news.serverChanged(server, state);
        this.tellWaiting();
      },
    });
    this.timers = new Timers({
      isOperation: (address) => isActiveService(this.store.documents, address),
      fire: ({ operation, input }) => this.supervisor.fire(operation, input as Json),
      lost: (timer) => this.news.timerLost(timer),
    });
    this.requests = new NodeRequests(this, this.timers, () => this.settled());
    this.performance = new PerformanceRecords(
      {
        measure: () => this.supervisor.measure(),
        logs: () => this.queues(),
        streams: () => this.tail.followers,
        record: (...record) => this.intake.write(...record),
      },
      parts.performanceMs,
    );
    this.store.employ({ rehearse: (project) => this.rehearse(project), apply: () => this.apply() });
    this.secrets.onChange(() => this.secretsChanged());
    this.variables.onChange(() => this.apply());
    this.configuration.onChange((settings) => this.settingsChanged(settings));
  }

  get settings(): Settings {
    return this.inForce;
  }

  /** The settings with what this start has made of them: the real folder, and the port that the system gave. */
  private here(settings: Settings): Settings {
    return { ...settings, dataDir: this.parts.folder.path, port: this.parts.port };
  }

  /** Puts the project in force and opens its servers. */
  async open(): Promise<void> {
    if (this.parts.folder.leftBy !== null) this.news.engineBefore(this.parts.folder.leftBy);
    this.board.open();
    // What workers are told waits for them: sockets can be opened while they start.
    void this.supervisor.apply(this.state());
    this.sockets.reconcile(this.store.documents.servers.values());
    for (const fault of this.faults()) this.news.documentFaulty(fault);
  }

  /** Hands over the log files and the store once they are open; records that came earlier are written now. */
  useSinks(sinks: RecordSinks): void {
    this.intake.use(sinks);
  }

  /** Resolves when every active server listens or has said why not. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.tellWaiting();
    });
  }

  get logs(): LogFiles {
    return this.sinks.files;
  }

  private get sinks(): RecordSinks {
    const { opened } = this.intake;
    if (opened === null) throw new ControlFault(503, 'The log files are not open yet; try again in a moment.');
    return opened;
  }

  flushStore(): Promise<void> {
    return this.sinks.spool.written();
  }

  runningRuns(): RunHead[] {
    const { servers } = this.store.documents;
    return this.supervisor.workers.flatMap((worker) =>
      [...worker.runs.values()].map((run) => headOfWaiting(run, worker.name, servers)),
    );
  }

  async clearLogs(): Promise<void> {
    const { files, spool } = this.sinks;
    await Promise.all([files.clear(), spool.clear()]);
    this.tail.clear();
  }

  get redactionKey(): string {
    return this.parts.redactionKey;
  }

  project(): Project {
    return this.store.documents;
  }

  serverStates(): ReadonlyMap<string, ServerState> {
    return this.sockets.states();
  }

  node(address: string): NodeAnswer | undefined {
    return describeNode(address, {
      project: this.store.documents,
      servers: this.sockets.states(),
      quarantined: this.supervisor.quarantine.operations,
      switches: (chain) => this.board.nodeState(chain),
      traffic: (operations) => this.traffic.of(operations),
    });
  }

  changeNode(address: string, change: NodeChange, by: string, remote?: string): Promise<NodeAnswer | undefined> {
    return this.inOrder(async () => {
      const located = locate(this.store.documents, address);
      if (located === undefined) return undefined;
      const switches = switchesAfter(this.board.switches, address, located, change);
      if (documentAfter(address, located, change) !== undefined) {
        const { kind, resource } = located;
        await this.store.revise(
          kind,
          resource.id,
          // Again, since it may have been deployed meanwhile.
          (current) => documentAfter(address, locate(this.store.documents, address) ?? located, change) ?? current,
          { user: by, action: 'switch', message: `${Object.keys(change).join(', ')} at ${address}` },
        );
      }
      await this.board.replace(switches);
      await this.apply();
      this.record('info', 'audit', 'node.changed', changeInWords(address, change), {
        user: by,
        node: address,
        ...(remote !== undefined && { remote }),
      });
      return this.node(address);
    }).catch((thrown: unknown) => {
      throw thrown instanceof FileFailure ? new ControlFault(thrown.status, thrown.message) : thrown;
    });
  }

  async setRunning(kind: 'server' | 'client', id: string, running: boolean, by: string): Promise<NodeAnswer> {
    await this.store.revise(kind, id, (document) => ({ ...document, active: running }), {
      user: by,
      action: running ? 'start' : 'stop',
      message: null,
    });
    return this.node(`${kind}/${id}`) as NodeAnswer;
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
      store: this.sinks.spool.health(),
      faults: this.faults(),
      performance: this.performance.last,
      auditError: this.audit.lastError,
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
    this.intake.write(level, kind, event, message, about);
  }

  /** Reads files of the data folder again, after somebody changed them. What is at fault keeps its last good version. */
  async reload(files: readonly string[]): Promise<void> {
    const isTaken = !files.includes(switchesFile) || (await this.board.reload());
    if (files.includes(variablesFile)) await this.reloadVariables();
    if (files.some((file) => file.includes('/')))
      for (const fault of await this.store.reload()) this.news.documentFaulty(fault);
    this.news.filesRead(isTaken ? files : files.filter((file) => file !== switchesFile));
  }

  private async reloadVariables(): Promise<void> {
    const before = this.variables.all();
    const known = new Set(this.variables.faults.map(({ message }) => message));
    const isOther = await this.variables.reload();
    for (const fault of this.variables.faults) if (!known.has(fault.message)) this.news.documentFaulty(fault);
    if (!isOther) return;
    const change = { resource: variablesName, before, after: this.variables.all() };
    await this.store.note([change], { user: 'files', action: 'files', message: 'The file was changed.' });
  }

  /** Lets running work finish, then ends everything; the records are on disk when it resolves. */
  async close(drainMs: number): Promise<void> {
    this.record('info', 'system', 'engine.stopping', 'The engine is stopping.');
    this.performance.close();
    this.requests.close();
    await this.supervisor.drain(drainMs);
    await this.board.close();
    this.sockets.close();
    this.record('info', 'system', 'engine.stopped', 'The engine has stopped.');
    await this.intake.close();
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

  private recordForm(): RecordForm {
    const { redactionKey } = this.parts;
    const secrets = [...Object.values(this.secrets.values()), ...this.secrets.formerValues()];
    return { settings: this.settings, secrets, redactionKey };
  }

  private state(project = this.store.documents): WorkerState {
    return {
      version: this.version,
      settings: this.settings,
      documents: documentsOf(project),
      switches: this.board.switches,
      uses: this.board.uses,
      global: this.variables.all(),
      secrets: this.secrets.values(),
      formerSecrets: this.secrets.formerValues(),
      redactionKey: this.parts.redactionKey,
      quarantined: this.supervisor.quarantine.operations,
    };
  }

  /** Hands everything to the workers, then opens, moves and closes sockets: a worker must know a server before it listens for it. */
  private async apply(): Promise<void> {
    this.supervisor.quarantine.review((address) => this.versionOf(address));
    await this.supervisor.apply(this.state());
    this.sockets.reconcile(this.store.documents.servers.values());
    const settled = Promise.all([this.sockets.closed(), this.settled()]);
    await Promise.race([settled, delay(listenWithinMs, undefined, { ref: false })]);
  }

  /** What would not run of a project, tried in a worker before it is in force. */
  private async rehearse(project: Project): Promise<ResourceFault[]> {
    return faultsOf(await this.supervisor.rehearse(this.state(project)), project);
  }

  private async secretsChanged(): Promise<void> {
    this.intake.reform(this.recordForm());
    await this.configuration.secretsChanged();
    await this.apply();
  }

  private async settingsChanged(settings: Settings): Promise<void> {
    this.inForce = this.here(settings);
    this.intake.reform(this.recordForm());
    this.intake.opened?.spool.use(this.settings.store);
    await this.apply();
  }

  private queues(): { backlog: number; dropped: LevelCounts } {
    const { files, spool } = this.sinks;
    const { backlog, dropped } = files.health();
    return { backlog: backlog + spool.backlog(), dropped };
  }

  private faults(): Fault[] {
    return [...this.board.faults, ...this.secrets.faults, ...this.variables.faults, ...this.store.faults];
  }

  private applied(broken: { [address: string]: string }, servers: { [server: string]: string | null }): void {
    for (const [address, message] of Object.entries(broken)) this.news.operationBroken(address, message);
    for (const [server, reason] of Object.entries(servers)) this.sockets.followed(server, reason);
  }

  private setAside(operation: string): void {
    this.news.operationSetAside(operation);
    void this.apply();
  }

  private versionOf(address: string): string | null {
    for (const { operation, resource, address: candidate } of operationsOf(this.store.documents)) {
      const onError = operation.onError ?? resource.onError;
      if (candidate === address) return operationVersion(onError ? { ...operation, onError } : operation);
    }
    return null;
  }

  private allSettled(): boolean {
    return [...this.sockets.states().values()].every(({ state }) => state !== 'starting');
  }

  private tellWaiting(): void {
    if (!this.allSettled()) return;
    for (const resolve of this.waiting) resolve();
    this.waiting = [];
  }
}
