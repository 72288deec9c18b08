import type { Level } from '../document/types.ts';
import type { LogFile, LogRecord, RecordKind } from '../log/record.ts';
import type { AuditTrail } from '../log/sinks/audit.ts';
import type { LogFiles } from '../log/sinks/files.ts';
import { noCounts } from '../wire/messages.ts';
import type { WaitingRun } from './worker-process.ts';

/** Makes the control process's own records: what happened to the system, and the ends of runs whose process died. */
export class SystemRecords {
  private number = 0;
  private readonly name = `0.${Date.now().toString(36)}`;
  constructor(
    private readonly files: LogFiles,
    private readonly audit: AuditTrail,
    /** One line per record: as the log files have it, and as JSON for the audit trail. */
    private encode: (record: LogRecord) => string,
    private encodeJson: (record: LogRecord) => string,
  ) {}

  encodeWith(plain: (record: LogRecord) => string, json: (record: LogRecord) => string): void {
    this.encode = plain;
    this.encodeJson = json;
  }

  write(level: Level, kind: RecordKind, event: string, message: string, about: Partial<LogRecord> = {}): void {
    const record = { ...this.head(level, kind, event), ...about, message };
    this.put('usage', record);
    if (kind === 'audit' || kind === 'security') this.audit.append(this.encodeJson(record));
  }

  /** A run that was under way when its worker died: an end in user.log and a usage record, both with the node it was at. */
  interrupted(run: WaitingRun, worker: string): void {
    const error = {
      name: 'Interrupted',
      message: 'The worker process ended while the run was in it.',
      code: 'interrupted',
      node: run.node,
    };
    const about = {
      node: run.operation,
      run: run.run,
      ...(run.trace && { trace: run.trace }),
      ...(run.version && { version: run.version }),
      error,
      ms: Date.now() - run.begin,
      worker,
    };
    this.put('user', { ...this.head('error', 'application', 'end'), ...about });
    this.put('usage', { ...this.head('error', 'usage', 'run'), ...about });
  }

  private head(
    level: Level,
    kind: RecordKind,
    event: string,
  ): Pick<LogRecord, 'id' | 'time' | 'level' | 'kind' | 'event'> {
    return { id: `${this.name}-${++this.number}`, time: Date.now(), level, kind, event };
  }

  private put(file: LogFile, record: LogRecord): void {
    const counts = noCounts();
    counts[record.level] = 1;
    this.files.write(file, `${this.encode(record)}\n`, counts);
  }
}
