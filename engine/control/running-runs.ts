import type { Server } from '../document/types.ts';
import { utcTime } from '../log/timestamp.ts';
import type { RunHead } from '../store/run-head.ts';
import type { WaitingRun } from './worker-process.ts';

/** The head of a run that waits for something, as the journal of its worker tells of it. */
export function headOfWaiting(run: WaitingRun, worker: string, servers: ReadonlyMap<string, Server>): RunHead {
  const [kind = '', resource = '', operation = ''] = run.operation.split('/');
  return {
    id: run.run,
    node: run.operation,
    operation,
    type: kind === 'server' ? (servers.get(resource)?.type ?? 'http') : kind,
    state: 'running',
    status: null,
    begin: utcTime(run.begin),
    ms: null,
    version: run.version === '' ? null : run.version,
    trigger: run.trigger,
    error: null,
    replayOf: null,
    parent: null,
    trace: run.trace,
    worker,
    capture: null,
  };
}
