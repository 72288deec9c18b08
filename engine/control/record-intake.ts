import type { Level } from '../document/types.ts';
import { createRecordEncoder } from '../log/encoder.ts';
import { type LogRecord, type RecordKind, rankOf } from '../log/record.ts';
import type { AuditTrail } from '../log/sinks/audit.ts';
import type { LogFiles } from '../log/sinks/files.ts';
import type { Settings } from '../settings/table.ts';
import type { Frame } from '../wire/frames.ts';
import { SystemRecords } from './records.ts';
import type { WaitingRun, WorkerProcess } from './worker-process.ts';

/** Bytes that the log files may lag behind before workers are asked to hold their records. */
const backlogToPause = 8 * 1024 * 1024;

/** What decides how records are written. */
export interface RecordForm {
  settings: Settings;
  /** Values that never reach a record. */
  secrets: readonly string[];
  redactionKey: string;
}

/** Where all records of the engine come in: finished lines of the workers, and what happened to the system itself. */
export class RecordIntake {
  private files: LogFiles | null = null;
  private records: SystemRecords | null = null;
  /** What arrived before the log files were open. */
  private early: ((files: LogFiles, records: SystemRecords) => void)[] = [];
  private paused = false;

  constructor(
    private readonly audit: AuditTrail,
    private form: RecordForm,
    private readonly workers: () => readonly WorkerProcess[],
  ) {}

  /** The log files; null until they are open. */
  get opened(): LogFiles | null {
    return this.files;
  }

  /** Hands over the log files once they are open; records that came earlier are written now. */
  use(files: LogFiles): void {
    const records = new SystemRecords(files, this.audit, ...this.encoders());
    this.files = files;
    this.records = records;
    for (const write of this.early) write(files, records);
    this.early = [];
  }

  /** Records are written like this from now on. */
  reform(form: RecordForm): void {
    this.form = form;
    this.records?.encodeWith(...this.encoders());
  }

  /** Lines of a worker. */
  take(frame: Exclude<Frame, { kind: 'journal' }>): void {
    if (this.files === null) this.early.push((files) => files.write(frame.kind, frame.payload, frame.counts));
    else {
      this.files.write(frame.kind, frame.payload, frame.counts);
      if (this.files.backlog() > backlogToPause) this.pause();
    }
  }

  write(level: Level, kind: RecordKind, event: string, message: string, about: Partial<LogRecord> = {}): void {
    // Security and audit records ignore the level.
    const isBelow = rankOf[level] < rankOf[this.form.settings.logs.level];
    if (isBelow && kind !== 'audit' && kind !== 'security') return;
    this.withRecords((records) => records.write(level, kind, event, message, about));
  }

  interrupted(runs: readonly WaitingRun[], worker: string): void {
    this.withRecords((records) => {
      for (const run of runs) records.interrupted(run, worker);
    });
  }

  async close(): Promise<void> {
    await this.files?.close();
    await this.audit.flush();
  }

  private encoders(): [plain: (record: LogRecord) => string, json: (record: LogRecord) => string] {
    const { settings, secrets, redactionKey } = this.form;
    return [
      createRecordEncoder(settings, secrets, redactionKey),
      createRecordEncoder(settings, secrets, redactionKey, 'json'),
    ];
  }

  private pause(): void {
    if (this.paused) return;
    this.paused = true;
    for (const worker of this.workers()) worker.pause(true);
    const look = setInterval(() => {
      if ((this.files?.backlog() ?? 0) > backlogToPause / 2) return;
      clearInterval(look);
      this.paused = false;
      for (const worker of this.workers()) worker.pause(false);
    }, 5);
  }

  private withRecords(write: (records: SystemRecords) => void): void {
    if (this.records === null) this.early.push((_, records) => write(records));
    else write(this.records);
  }
}
