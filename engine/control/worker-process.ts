import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { levels } from '../log/record.ts';
import type { RunTrigger } from '../store/run-head.ts';
import { type Frame, FrameReader } from '../wire/frames.ts';
import {
  type FromWorker,
  type JournalEntry,
  type LevelCounts,
  noCounts,
  type StuckReport,
  type ToWorker,
  type WorkerVitals,
} from '../wire/messages.ts';
import type { BoundHandle } from './listeners.ts';

/** A run that waits in a worker, as its journal tells. */
export interface WaitingRun {
  run: string;
  operation: string;
  version: string;
  /** Milliseconds since 1970. */
  begin: number;
  trace: string | null;
  trigger: RunTrigger;
  /** The request that it answers; null for a run without one. */
  http: { method: string; path: string; remote: string } | null;
  /** The node it is at. */
  node: string;
}

export interface Death {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Why we ended it; null when it ended by itself or by somebody else. */
  reason: 'blocked' | 'behind' | 'stopped' | 'channel' | null;
}

export interface WorkerEvents {
  message(worker: WorkerProcess, message: FromWorker): void;
  records(frame: Exclude<Frame, { kind: 'journal' }>): void;
  died(worker: WorkerProcess, death: Death): void;
  /** Records dropped in the worker since the last beat that said so. */
  dropped(worker: WorkerProcess, counts: LevelCounts): void;
}

const workerProgram = fileURLToPath(new URL('./worker.js', import.meta.url));

/** What a worker says when it has done the next of the things that it does one after the other. */
const stepsForward: ReadonlySet<FromWorker['type']> = new Set([
  'up',
  'applied',
  'apply-failed',
  'rehearsed',
  'unlistened',
  'listening',
  'listen-failed',
]);

/** One worker process as the control process holds it: its pipes, its last sign of life, the runs that wait in it. */
export class WorkerProcess {
  readonly name: string;
  readonly runs = new Map<string, WaitingRun>();
  readonly bornAt = Date.now();
  /** What the watchdog last said, while the event loop does not turn. */
  stuck: StuckReport | null = null;
  up = false;
  /** Looks since the last beat; counted, not timed, so that a pause of the whole machine condemns nobody. */
  quietLooks = 0;
  /** States that it has not answered, and looks since it last got on with what it was told while there are any. */
  statesOwed = 0;
  looksOwing = 0;
  dropped = noCounts();
  droppedCaptures = 0;
  waiting = 0;
  /** What it last told of how it fares. */
  vitals: WorkerVitals | null = null;
  private readonly child: ChildProcess;
  private readonly pipe: Readable;
  private reason: Death['reason'] = null;

  constructor(
    readonly index: number,
    private readonly events: WorkerEvents,
    program: string = workerProgram,
  ) {
    this.name = `${index}.${this.bornAt.toString(36)}`;
    this.child = spawn(process.execPath, [...process.execArgv, program], {
      // 3 carries records and the journal, 4 belongs to the watchdog. Whatever a library prints goes to standard error.
      stdio: ['ignore', 2, 2, 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, SLUICE_WORKER_NAME: this.name },
    });
    this.pipe = this.child.stdio[3] as Readable;
    this.child.on('message', (message: FromWorker) => this.heard(message));
    this.child.on('error', () => {});
    this.readRecords();
    createInterface({ input: this.child.stdio[4] as Readable }).on('line', (line) => this.heardStuck(line));
    // `close` comes after the pipes are read to their end: nothing that a dying worker wrote is missed.
    this.child.on('close', (code, signal) => this.events.died(this, { code, signal, reason: this.reason }));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(message: ToWorker, handle?: BoundHandle): void {
    if (this.child.connected) this.child.send(message, handle as never, () => {});
  }

  end(reason: NonNullable<Death['reason']>): void {
    this.reason ??= reason;
    this.child.kill('SIGKILL');
  }

  /** Stops or goes on reading records, so that the worker holds what the disk cannot take yet. */
  pause(paused: boolean): void {
    if (paused) this.pipe.pause();
    else this.pipe.resume();
  }

  private heard(message: FromWorker): void {
    this.quietLooks = 0;
    this.stuck = null;
    if (stepsForward.has(message.type)) this.looksOwing = 0;
    if (message.type === 'applied' || message.type === 'apply-failed') this.statesOwed--;
    if (message.type === 'up') this.up = true;
    if (message.type === 'measured') this.vitals = message.vitals;
    if (message.type === 'beat') {
      this.noteDrops(message.dropped);
      this.droppedCaptures = message.droppedCaptures;
      this.waiting = message.waiting;
    }
    this.events.message(this, message);
  }

  private noteDrops(now: LevelCounts): void {
    const before = this.dropped;
    this.dropped = now;
    const more = noCounts();
    for (const level of levels) more[level] = now[level] - before[level];
    if (levels.some((level) => more[level] > 0)) this.events.dropped(this, more);
  }

  private heardStuck(line: string): void {
    try {
      this.stuck = JSON.parse(line) as StuckReport;
    } catch {
      // Half a line of a dying process says nothing.
    }
  }

  private readRecords(): void {
    const reader = new FrameReader();
    this.pipe.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk, (frame) => {
          if (frame.kind === 'journal') this.readJournal(frame.payload.toString());
          else this.events.records(frame);
        });
      } catch {
        this.end('channel');
      }
    });
    this.pipe.on('error', () => {});
  }

  private readJournal(lines: string): void {
    for (const line of lines.split('\n')) {
      if (line === '') continue;
      const entry = JSON.parse(line) as JournalEntry;
      if (entry[0] === '+') {
        const [, run, operation, version, begin, trace, trigger, request] = entry;
        const http = request && { method: request[0], path: request[1], remote: request[2] };
        this.runs.set(run, { run, operation, version, begin, trace, trigger, http, node: operation });
      } else if (entry[0] === '@') {
        const run = this.runs.get(entry[1]);
        if (run) run.node = entry[2];
      } else this.runs.delete(entry[1]);
    }
  }
}
