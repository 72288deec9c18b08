import type { Level } from '../document/types.ts';
import { createRecordEncoders } from '../log/encoder.ts';
import { type LogRecord, type RecordKind, rankOf } from '../log/record.ts';
import type { AuditTrail } from '../log/sinks/audit.ts';
import type { LogFiles } from '../log/sinks/files.ts';
import type { Settings } from '../settings/table.ts';
import type { Spool } from '../store/spool.ts';
import type { Frame } from '../wire/frames.ts';
import { SystemRecords } from './records.ts';
import type { Tail } from './tail.ts';
import type { WaitingRun, WorkerProcess } from './worker-process.ts';

/** Bytes that the log files or the store may lag behind before workers are asked to hold their records. */
const backlogToPause = 8 * 1024 * 1024;

/** Where records end up. */
export interface RecordSinks {
  files: LogFiles;
  spool: Spool;
}

/** What decides how records are written. */
export interface RecordForm {
  settings: Settings;
  /** Values that never reach a record. */
  secrets: readonly string[];
  redactionKey: string;
}

/** Where all records of the engine come in: finished lines of the workers, captured runs, and what happened to the system itself. */
export class RecordIntake {
  private sinks: RecordSinks | null = null;
  private records: SystemRecords | null = null;
  /** What arrived before the sinks were open. */
  private early: (() => void)[] = [];
  private paused = false;

  constructor(
    private readonly audit: AuditTrail,
    private form: RecordForm,
    private readonly workers: () => readonly WorkerProcess[],
    private readonly tail: Tail,
  ) {}

  /** null until they are open. */
  get opened(): RecordSinks | null {
    return this.sinks;
  }

  /** Hands over the sinks once they are open; records that came earlier are written now. */
  use(sinks: RecordSinks): void {
    this.sinks = sinks;
    this.records = new SystemRecords((frame) => this.put(frame, sinks), this.audit, this.lines());
    for (const write of this.early.splice(0)) write();
  }

  /** Records are written like this from now on. */
  reform(form: RecordForm): void {
    this.form = form;
    this.records?.encodeWith(this.lines());
  }

  /** What a worker sends. */
  take(frame: Exclude<Frame, { kind: 'journal' }>): void {
    const { sinks } = this;
    if (sinks === null) {
      this.early.push(() => this.take(frame));
      return;
    }
    this.put(frame, sinks);
    if (Math.max(sinks.files.backlog(), sinks.spool.backlog()) > backlogToPause) this.pause(sinks);
  }

  write(level: Level, kind: RecordKind, event: string, message: string, about: Partial<LogRecord> = {}): void {
    // Security and audit records ignore the level.
    const isBelow = rankOf[level] < rankOf[this.form.settings.logs.level];
    if (isBelow && kind !== 'audit' && kind !== 'security') return;
    this.withRecords((records) => records.tell(level, kind, event, message, about));
  }

  interrupted(runs: readonly WaitingRun[], worker: string): void {
    this.withRecords((records) => {
      for (const run of runs) records.interrupted(run, worker);
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.sinks?.files.close(), this.sinks?.spool.close()]);
    await this.audit.flush();
  }

  private put(frame: Exclude<Frame, { kind: 'journal' }>, { files, spool }: RecordSinks): void {
    const { payload } = frame;
    if (frame.kind === 'capture') {
      spool.capture(payload);
      return;
    }
    const { file, stored, counts } = frame;
    if (file !== null) files.write(file, payload, counts);
    if (!stored) return;
    spool.records(payload, counts);
    this.tail.take(payload, counts);
  }

  private lines(): ReturnType<typeof createRecordEncoders> {
    const { settings, secrets, redactionKey } = this.form;
    return createRecordEncoders(settings, secrets, redactionKey);
  }

  private pause({ files, spool }: RecordSinks): void {
    if (this.paused) return;
    this.paused = true;
    for (const worker of this.workers()) worker.pause(true);
    const look = setInterval(() => {
      if (Math.max(files.backlog(), spool.backlog()) > backlogToPause / 2) return;
      clearInterval(look);
      this.paused = false;
      for (const worker of this.workers()) worker.pause(false);
    }, 5);
  }

  private withRecords(write: (records: SystemRecords) => void): void {
    if (this.records === null) this.early.push(() => this.withRecords(write));
    else write(this.records);
  }
}
