import type { LogRecord } from '../../log/record.ts';
import { utcTime } from '../../log/timestamp.ts';
import type { RunHead, RunState } from '../run-head.ts';

/** A usage record as it is stored. */
export type UsageRecord = Omit<LogRecord, 'time'> & { time: string };

const stateOfCode: { readonly [code: string]: RunState } = { cancelled: 'cancelled', interrupted: 'interrupted' };

/** How a run ended, by the error that it ended with; null or undefined for none. */
export function stateOfError(error: { code: string } | null | undefined): RunState {
  if (error === null || error === undefined) return 'succeeded';
  return Object.hasOwn(stateOfCode, error.code) ? (stateOfCode[error.code] as RunState) : 'failed';
}

/** The type of a run by its node; what servers answer are requests, as far as their records tell. */
export function typeOfNode(node: string): string {
  const [kind = ''] = node.split('/', 1);
  return kind === 'server' ? 'http' : kind;
}

/** What the usage record of a run that was not captured says of it. */
export function headOfUsage(record: UsageRecord): RunHead {
  const { node = '', error, ms } = record;
  const end = Date.parse(record.time);
  return {
    id: record.run ?? '',
    node,
    operation: node.split('/')[2] ?? '',
    type: record.method === undefined ? typeOfNode(node) : 'http',
    state: stateOfError(error),
    status: record.status ?? null,
    begin: utcTime(Math.round(end - (ms ?? 0))),
    ms: ms ?? null,
    version: record.version ?? null,
    // Of all service operations that nobody calls, only those that timers run leave such a record.
    trigger: node.startsWith('service/') ? 'timer' : 'request',
    error: error ?? null,
    replayOf: null,
    parent: null,
    trace: record.trace ?? null,
    worker: record.worker ?? null,
    capture: null,
  };
}
