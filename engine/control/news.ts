import type { HostTimer } from '../../actions/kit/define.ts';
import { quote, quoteWhole } from '../document/found.ts';
import type { Fault } from '../document/types.ts';
import type { LevelCounts } from '../wire/messages.ts';
import type { Control } from './control.ts';
import type { Owner } from './data-folder.ts';
import type { ServerState } from './servers.ts';
import type { Death, WaitingRun, WorkerProcess } from './worker-process.ts';

/** Says in records of usage.log what happens to the system. */
export class News {
  constructor(private readonly record: Control['record']) {}

  engineBefore({ pid, since }: Owner): void {
    const message = `The engine before this one (process ${pid}, since ${since}) ended without stopping: it crashed, was killed, or the machine went down. Runs that it was in have no end in the logs.`;
    this.record('error', 'system', 'engine.crashed', message);
  }

  documentFaulty({ file, pointer, message, severity }: Fault): void {
    const level = severity === 'error' ? 'error' : 'warning';
    this.record(level, 'system', 'document.invalid', `${file}${pointer && `:${pointer}`} ${message}`);
  }

  filesRead(files: readonly string[]): void {
    if (files.length === 0) return;
    const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
    const list = files.slice(0, 5).join(', ') + more;
    this.record('info', 'system', 'project.loaded', `Read again, since changed: ${list}.`);
  }

  operationBroken(address: string, message: string): void {
    this.record('error', 'system', 'operation.invalid', message, { node: address });
  }

  operationSetAside(address: string): void {
    const message = `${address} ended its worker three times within a minute and is set aside until it is changed.`;
    this.record('error', 'system', 'operation.quarantined', message, { node: address });
  }

  workerReplaced(worker: WorkerProcess, death: Death, runs: readonly WaitingRun[]): void {
    const how =
      death.reason === 'blocked'
        ? 'did not answer for 2 s and was ended'
        : death.reason === 'behind'
          ? 'got no further with a new version for 60 s and was ended'
          : death.signal
            ? `was ended by ${death.signal}`
            : `ended with code ${death.code}`;
    const address = worker.stuck?.address;
    const at = address ? ` It was busy at ${address}.` : '';
    const lost = runs.length === 1 ? '1 run was interrupted.' : `${runs.length} runs were interrupted.`;
    const message = `Worker ${worker.name} ${how}.${at} ${lost}`;
    this.record('error', 'system', 'worker.replaced', message, address ? { node: address } : {});
  }

  commandRun(line: string, by: string): void {
    this.record('info', 'audit', 'command.run', `Ran ${quoteWhole(line)}.`, { user: by, node: by });
  }

  timerLost({ id, operation }: HostTimer): void {
    const message = `The timer ${quote(id)} does nothing: there is no active service operation ${operation} any more.`;
    this.record('warning', 'system', 'timer.idle', message, { node: operation });
  }

  recordsDropped(worker: WorkerProcess, counts: LevelCounts): void {
    const listed = Object.entries(counts).flatMap(([level, count]) => (count > 0 ? [`${count} ${level}`] : []));
    const message = `Worker ${worker.name} had no room for records and dropped ${listed.join(', ')}.`;
    this.record('warning', 'system', 'records.dropped', message);
  }

  serverChanged(server: string, { state, host, port, reason }: ServerState): void {
    const node = `server/${server}`;
    if (state === 'listening' && reason !== null)
      this.record('error', 'system', 'server.outdated', `${node}: ${reason}`, { node });
    else if (state === 'listening')
      this.record('info', 'system', 'server.started', `${node} listens on ${host}:${port}.`, { node });
    if (state === 'failed') this.record('error', 'system', 'server.failed', `${node}: ${reason}`, { node });
    if (state === 'stopped') this.record('info', 'system', 'server.stopped', `${node} stopped.`, { node });
  }
}
