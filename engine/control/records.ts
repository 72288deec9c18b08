import type { Level } from '../document/types.ts';
import type { LogFile, LogRecord, RecordKind } from '../log/record.ts';
import type { RecordLines } from '../log/record-lines.ts';
import type { AuditTrail } from '../log/sinks/audit.ts';
import type { RecordFrame } from '../wire/frames.ts';
import { noCounts } from '../wire/messages.ts';
import type { WaitingRun } from './worker-process.ts';

/** Makes the control process's own records: what happened to the system, and the ends of runs whose process died. */
export class SystemRecords {
  private number = 0;
  private readonly name = `0.${Date.now().toString(36)}`;

  constructor(
    private readonly put: (frame: RecordFrame) => void,
    private readonly audit: AuditTrail,
    private lines: RecordLines,
  ) {}

  encodeWith(lines: RecordLines): void {
    this.lines = lines;
  }

  tell(level: Level, kind: RecordKind, event: string, message: string, about: Partial<LogRecord> = {}): void {
    const record = { ...this.head(level, kind, event), ...about, message };
    const json = this.write('usage', record);
    if (kind === 'audit' || kind === 'security') this.audit.append(json);
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
    this.write('user', { ...this.head('error', 'application', 'end'), ...about });
    this.write('usage', { ...this.head('error', 'usage', 'run'), ...about, ...run.http });
  }

  private head(
    level: Level,
    kind: RecordKind,
    event: string,
  ): Pick<LogRecord, 'id' | 'time' | 'level' | 'kind' | 'event'> {
    return { id: `${this.name}-${++this.number}`, time: Date.now(), level, kind, event };
  }

  /** Gives the record as JSON. */
  private write(file: LogFile, record: LogRecord): string {
    const counts = noCounts();
    counts[record.level] = 1;
    const { lines } = this;
    const line = lines.line(record);
    const json = lines.same ? line : lines.json(record);
    const put = (text: string, about: Pick<RecordFrame, 'file' | 'stored'>) =>
      this.put({ kind: 'records', ...about, counts, payload: Buffer.from(`${text}\n`) });
    put(line, { file, stored: lines.same });
    if (!lines.same) put(json, { file: null, stored: true });
    return json;
  }
}
