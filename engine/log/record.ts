import type { Level } from '../document/types.ts';
import type { ErrorShape } from '../errors.ts';

export const levels = ['debug', 'info', 'warning', 'error'] as const satisfies readonly Level[];
/** 0 debug … 3 error. */
export const rankOf: Readonly<Record<Level, number>> = { debug: 0, info: 1, warning: 2, error: 3 };

export type RecordKind = 'application' | 'usage' | 'system' | 'security' | 'audit' | 'performance';

/**
 * One log record. Keys are written in this order and left out where undefined; `input`, `output`, `value` and
 * `error` hold live data until the encoder bounds, redacts and serialises them.
 */
export interface LogRecord {
  /** `<worker>-<number>`, increasing within a worker and unique over restarts. */
  id: string;
  /** Milliseconds since 1970; written as RFC 3339 in UTC (json) or local time (plain). */
  time: number;
  level: Level;
  kind: RecordKind;
  /** log, begin, end, run, request, server.started, logs.cleared, … */
  event: string;
  /** Address of the node. */
  node?: string;
  run?: string;
  /** W3C trace id (32 hex), span id and parent span id (16 hex). */
  trace?: string;
  span?: string;
  parent?: string;
  /** Hash of the operation's live definition. */
  version?: string;
  iteration?: number;
  attempt?: number;
  label?: string;
  value?: unknown;
  input?: unknown;
  output?: unknown;
  error?: ErrorShape & { stack?: string };
  /** Duration in milliseconds. */
  ms?: number;
  method?: string;
  path?: string;
  status?: number;
  bytesIn?: number;
  bytesOut?: number;
  remote?: string;
  user?: string;
  worker?: string;
  message?: string;
}

/** user.log holds what workflows say, usage.log what the system did. */
export type LogFile = 'user' | 'usage';

/** Where records go: the worker's channel to the control process, or the files themselves in the control process. */
export interface RecordSink {
  write(file: LogFile, record: LogRecord): void;
}
