import type { LogRecord } from '../../engine/log/record.ts';

/** A log record as the control API gives it. */
export interface RecordAnswer extends Omit<LogRecord, 'time'> {
  /** RFC 3339 in UTC. */
  time: string;
}
