import type { Json } from '../document/types.ts';
import type { Frame } from '../wire/frames.ts';
import type {
  Answer,
  Asked,
  FromWorker,
  LevelCounts,
  Rehearsal,
  RunCount,
  SimulationRequest,
  SwitchGrant,
  SwitchNews,
  SwitchRuns,
  ToWorker,
  WorkerState,
  WorkerVitals,
} from '../wire/messages.ts';
import type { BoundHandle } from './listeners.ts';
import { Quarantine } from './quarantine.ts';
import { type Death, type WaitingRun, WorkerProcess } from './worker-process.ts';

const lookEveryMs = 250;
/** A worker that is silent for so many looks is replaced: 2 s, which leaves a second of the 3 for the new one to start. */
const patience = 8;
/** The same while it starts: 15 s. */
const patienceAtBirth = 60;
/** One that is alive but gets no further with a new state: 60 s. Such a worker would serve an old version for ever. */
const patienceForStates = 240;
const answerWithinMs = 1000;
/** A worker that compiles for longer is stuck, and about to be replaced. */
const rehearseWithinMs = 30_000;

export interface SupervisorEvents {
  records(frame: Exclude<Frame, { kind: 'journal' }>): void;
  /** Something about a server's socket in a worker. */
  socket(message: Extract<FromWorker, { type: 'listening' | 'listen-failed' }>): void;
  applied(message: Extract<FromWorker, { type: 'applied' }>): void;
  /** A worker ended though nobody asked it to; a new one is on its way. */
  replaced(worker: WorkerProcess, death: Death, interrupted: WaitingRun[]): void;
  /** The operation is set aside; the next state must say so. */
  quarantined(operation: string): void;
  /** Records that a worker had no room for since it last said so. */
  dropped(worker: WorkerProcess, counts: LevelCounts): void;
  /** Runs of counted switches that a worker is to have with the next state. */
  leases(worker: string): SwitchRuns[];
  switchNews(worker: string, news: SwitchNews): void;
  /** What a node asks of the engine; the answer is told to its worker. */
  asked(asked: Asked): Promise<Answer>;
  /** Runs ended in a worker. */
  ran(counts: readonly RunCount[]): void;
  /** A node is about to run a command line. */
  command(line: string, by: string): void;
  /** A worker ended, in whatever way; `farewell` if it had told everything before. */
  gone(worker: string, farewell: boolean): void;
}

/** Keeps the workers running: starts them, hands them every new state, ends the blocked ones and replaces the dead ones. */
export class Supervisor {
  readonly workers: WorkerProcess[] = [];
  readonly quarantine: Quarantine;
  private state: WorkerState | null = null;
  private readonly sockets = new Map<string, BoundHandle>();
  private readonly answers = new Map<number, (message: FromWorker | null) => void>();
  private readonly owners = new Map<number, WorkerProcess>();
  private nextId = 1;
  private deaths: number[] = [];
  private fired = 0;
  private draining = false;
  private readonly look: NodeJS.Timeout;
  replacements = 0;

  constructor(
    count: number,
    private readonly events: SupervisorEvents,
    /** What a worker process runs; left out, the worker of this engine. */
    private readonly program?: string,
  ) {
    this.quarantine = new Quarantine((operation) => events.quarantined(operation));
    for (let index = 1; index <= count; index++) this.start(index);
    this.look = setInterval(() => this.lookAtAll(), lookEveryMs);
  }

  /** Puts a state in force in every worker. Resolves when all have it, or after a second: who is late by then is stuck, and its successor begins with it. */
  async apply(state: WorkerState): Promise<void> {
    this.state = state;
    await Promise.all(this.workers.map((worker) => this.hand(worker)));
  }

  /** Lets every worker listen on a bound socket. Whoever starts later gets it too, until `unlisten`. */
  listen(server: string, handle: BoundHandle): void {
    this.sockets.set(server, handle);
    for (const worker of this.workers) worker.send({ type: 'listen', server }, handle);
  }

  /** Tells one worker something about a counted switch. */
  grant(name: string, message: SwitchGrant): void {
    this.workers.find((worker) => worker.name === name)?.send(message);
  }

  /** Resolves when no worker accepts connections of the server any more. */
  async unlisten(server: string): Promise<void> {
    this.sockets.delete(server);
    await Promise.all(
      this.workers.map((worker) => this.ask(worker, (id) => ({ type: 'unlisten', id, server }), answerWithinMs)),
    );
  }

  /**
   * Compiles a state without putting it in force: in one worker first, which might not survive it, then in the others, so
   * that all can follow at once when it is applied.
   */
  async rehearse(state: WorkerState): Promise<Rehearsal> {
    let worker = this.worker();
    let rehearsal = await this.tryOut(worker, state);
    if (rehearsal === null) {
      // It may have ended for another reason, just now.
      worker = this.worker();
      rehearsal = await this.tryOut(worker, state);
    }
    if (rehearsal === null)
      return { broken: { project: 'The worker process that tried the change did not survive it.' }, servers: {} };
    const others = this.workers.filter((other) => other.up && other !== worker);
    await Promise.all(others.map((other) => this.tryOut(other, state)));
    return rehearsal;
  }

  private async tryOut(worker: WorkerProcess | undefined, state: WorkerState): Promise<Rehearsal | null> {
    if (worker === undefined) return { broken: {}, servers: {} };
    const answer = await this.ask(worker, (id) => ({ type: 'rehearse', id, state }), rehearseWithinMs);
    return answer?.type === 'rehearsed' ? answer : null;
  }

  /** One that can be asked something now, if there is one. */
  private worker(): WorkerProcess | undefined {
    return this.workers.find((candidate) => candidate.up && candidate.stuck === null) ?? this.workers[0];
  }

  /** Runs an operation or a loose workflow in a worker; null when that worker died of it. */
  async simulate(request: SimulationRequest): Promise<Extract<FromWorker, { type: 'simulated' }> | null> {
    const worker = this.worker();
    if (worker === undefined) return null;
    const answer = await this.ask(worker, (id) => ({ type: 'simulate', id, request }), null);
    return answer?.type === 'simulated' ? answer : null;
  }

  /** Runs a service operation in one worker, each time in the next one. Resolves when that is over, or there was none. */
  async fire(operation: string, input: Json): Promise<void> {
    const able = this.workers.filter((worker) => worker.up && worker.stuck === null);
    const worker = able[this.fired++ % able.length];
    if (worker === undefined || this.draining) return;
    await this.ask(worker, (id) => ({ type: 'fire', id, operation, input }), null);
  }

  /** Asks every worker how it fares. `now` is null for one that does not say within a second, `last` what it said before. */
  measure(): Promise<{ name: string; now: WorkerVitals | null; last: WorkerVitals | null }[]> {
    return Promise.all(
      this.workers.map(async (worker) => {
        const { name, vitals: last } = worker;
        const answer = await this.ask(worker, (id) => ({ type: 'measure', id }), answerWithinMs);
        return { name, now: answer?.type === 'measured' ? answer.vitals : null, last };
      }),
    );
  }

  /** Lets running work finish for so long, then ends what is left. Resolves when no worker is left. */
  async drain(ms: number): Promise<void> {
    this.draining = true;
    const gone = this.workers.map(
      (worker) =>
        new Promise<void>((resolve) => {
          this.farewells.set(worker, resolve);
          worker.send({ type: 'drain', ms });
          if (!worker.up) worker.end('stopped');
        }),
    );
    const late = setTimeout(() => this.kill(), ms + 1000);
    await Promise.all(gone);
    clearTimeout(late);
    clearInterval(this.look);
  }

  kill(): void {
    this.draining = true;
    for (const worker of this.workers) worker.end('stopped');
  }

  private readonly farewells = new Map<WorkerProcess, () => void>();

  private start(index: number): void {
    const events = {
      message: (sender: WorkerProcess, message: FromWorker) => this.heard(sender, message),
      records: (frame: Parameters<SupervisorEvents['records']>[0]) => this.events.records(frame),
      died: (dead: WorkerProcess, death: Death) => this.died(dead, death),
      dropped: (sender: WorkerProcess, counts: LevelCounts) => this.events.dropped(sender, counts),
    };
    const worker = new WorkerProcess(index, events, this.program);
    this.workers.push(worker);
    this.workers.sort((a, b) => a.index - b.index);
    // Sent before it is up: what it needs then waits in the pipe, even while this process is busy with something else.
    void this.hand(worker);
    for (const [server, handle] of this.sockets) worker.send({ type: 'listen', server }, handle);
  }

  private heard(worker: WorkerProcess, message: FromWorker): void {
    switch (message.type) {
      case 'applied':
        this.events.applied(message);
        this.answers.get(message.id)?.(message);
        break;
      case 'apply-failed':
      case 'simulated':
      case 'rehearsed':
      case 'unlistened':
      case 'measured':
      case 'fired':
        this.answers.get(message.id)?.(message);
        break;
      case 'listening':
      case 'listen-failed':
        this.events.socket(message);
        break;
      case 'switch-wanted':
      case 'switch-used':
      case 'switch-returned':
      case 'switch-failed':
        this.events.switchNews(worker.name, message);
        break;
      case 'ask':
        void this.events.asked(message.asked).then((answer) => worker.send({ type: 'answer', id: message.id, answer }));
        break;
      case 'command':
        this.events.command(message.line, message.by);
        break;
      case 'beat':
        if (message.runs) this.events.ran(message.runs);
        break;
      case 'up':
        break;
    }
  }

  private async hand(worker: WorkerProcess): Promise<void> {
    const { state } = this;
    if (state === null) return;
    const leases = this.events.leases(worker.name);
    worker.statesOwed++;
    await this.ask(worker, (id) => ({ type: 'apply', id, state, leases }), answerWithinMs);
  }

  private ask(
    worker: WorkerProcess,
    message: (id: number) => ToWorker,
    withinMs: number | null,
  ): Promise<FromWorker | null> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      const timer = withinMs === null ? null : setTimeout(() => this.answers.get(id)?.(null), withinMs);
      this.owners.set(id, worker);
      this.answers.set(id, (answer) => {
        if (timer) clearTimeout(timer);
        this.answers.delete(id);
        this.owners.delete(id);
        resolve(answer);
      });
      worker.send(message(id));
    });
  }

  private lookAtAll(): void {
    for (const worker of this.workers) {
      worker.quietLooks++;
      if (worker.statesOwed > 0) worker.looksOwing++;
      if (this.draining) continue;
      if (worker.quietLooks > (worker.up ? patience : patienceAtBirth)) worker.end('blocked');
      else if (worker.looksOwing > patienceForStates) worker.end('behind');
    }
  }

  private died(worker: WorkerProcess, death: Death): void {
    this.workers.splice(this.workers.indexOf(worker), 1);
    this.events.gone(worker.name, this.draining && death.code === 0);
    for (const [id, owner] of [...this.owners]) if (owner === worker) this.answers.get(id)?.(null);
    this.farewells.get(worker)?.();
    if (this.draining) {
      if (worker.runs.size > 0) this.events.replaced(worker, death, [...worker.runs.values()]);
      return;
    }
    const interrupted = interruptedRuns(worker);
    this.replacements++;
    this.events.replaced(worker, death, interrupted);
    this.quarantine.blame(suspect(worker, death, interrupted));
    setTimeout(() => this.draining || this.start(worker.index), this.pauseBeforeStart());
  }

  /** None for the first deaths; a worker that cannot live at all is not started again and again without a breath. */
  private pauseBeforeStart(): number {
    const now = Date.now();
    this.deaths = [...this.deaths.filter((time) => now - time < 60_000), now];
    return this.deaths.length <= 5 ? 0 : Math.min(2000, 100 * 2 ** (this.deaths.length - 6));
  }
}

/** The runs that waited in the worker, and the one it was busy with. */
function interruptedRuns(worker: WorkerProcess): WaitingRun[] {
  const { stuck } = worker;
  if (stuck?.operation && stuck.address) {
    const known = worker.runs.get(stuck.run);
    if (known) known.node = stuck.address;
    else
      worker.runs.set(stuck.run, {
        run: stuck.run,
        operation: stuck.operation,
        version: '',
        begin: stuck.begin,
        trace: null,
        trigger: 'request',
        http: null,
        node: stuck.address,
      });
  }
  return [...worker.runs.values()];
}

/**
 * Which operation ended its worker. Only what is known counts: the node at which the event loop stood, or the only
 * operation there was when the process ended by itself. A process ended from outside accuses nobody.
 */
function suspect(worker: WorkerProcess, death: Death, interrupted: WaitingRun[]): string | null {
  if (worker.stuck?.operation) return worker.stuck.operation;
  if (death.reason !== null || death.signal === 'SIGKILL' || death.signal === 'SIGTERM' || death.signal === 'SIGINT')
    return null;
  const operations = new Set(interrupted.map((run) => run.operation));
  return operations.size === 1 ? ([...operations][0] as string) : null;
}
