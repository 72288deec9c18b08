import process from 'node:process';
import type { Fault } from '../document/types.ts';
import type { LogFilesHealth } from '../log/sinks/files.ts';
import type { SpoolHealth } from '../store/spool.ts';
import type { Health, WorkerHealth } from './control.ts';
import type { PerformanceFigures } from './performance.ts';
import type { ServerState } from './servers.ts';
import type { WorkerProcess } from './worker-process.ts';

/** What the health of the engine is told from. */
interface Vitals {
  version: string;
  /** Milliseconds since 1970. */
  begun: number;
  workers: readonly WorkerProcess[];
  replacements: number;
  servers: ReadonlyMap<string, ServerState>;
  quarantined: string[];
  logs: LogFilesHealth;
  store: SpoolHealth;
  faults: readonly Fault[];
  performance: PerformanceFigures | null;
  /** Why the audit trail cannot be written. */
  auditError: string | null;
}

/** Looks without a beat after which a worker is said to be stuck; it has a little longer before it is ended. */
const quietLooks = 2;

const place = ({ file, pointer }: Fault): string => (pointer === '' ? file : `${file}:${pointer}`);

/** Puts together what `GET /api/health` answers: the state of every part, and a sentence for what is not as it should be. */
export function healthOf(vitals: Vitals): Health {
  const { version, begun, replacements, quarantined, logs, store, faults } = vitals;
  const workers = vitals.workers.map(workerHealth);
  const servers = Object.fromEntries(
    [...vitals.servers].map(([id, { state, host, port, reason }]) => [id, { state, host, port, reason }]),
  );
  const problems = [
    ...workers.filter((worker) => worker.state !== 'up').map((worker) => `Worker ${worker.name} is ${worker.state}.`),
    ...Object.entries(servers).flatMap(([id, server]) =>
      server.reason === null ? [] : [`Server ${id}: ${server.reason}`],
    ),
    ...quarantined.map((operation) => `${operation} is set aside: it ended its worker three times within a minute.`),
    ...(vitals.auditError === null ? [] : [`The audit trail cannot be written: ${vitals.auditError}.`]),
    ...(logs.writable ? [] : [`The log files cannot be written: ${logs.lastError ?? 'unknown reason'}.`]),
    ...(store.writable ? [] : [`The store cannot be written: ${store.lastError ?? 'unknown reason'}.`]),
    ...faults.filter(({ severity }) => severity === 'error').map((fault) => `${place(fault)} ${fault.message}`),
  ];
  return {
    status: problems.length === 0 ? 'ok' : 'degraded',
    problems,
    version,
    uptimeMs: Date.now() - begun,
    pid: process.pid,
    memory: { rssBytes: process.memoryUsage.rss() },
    workers,
    replacements,
    servers,
    quarantined,
    logs,
    store,
    faults: faults.map((fault) => `${place(fault)} ${fault.message}`),
    performance: vitals.performance,
  };
}

const workerHealth = (worker: WorkerProcess): WorkerHealth => ({
  name: worker.name,
  pid: worker.pid ?? null,
  state: !worker.up ? 'starting' : worker.stuck !== null || worker.quietLooks > quietLooks ? 'stuck' : 'up',
  since: new Date(worker.bornAt).toISOString(),
  waiting: worker.waiting,
  dropped: worker.dropped,
  droppedCaptures: worker.droppedCaptures,
});
