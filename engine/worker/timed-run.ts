import { performance } from 'node:perf_hooks';
import type { Json } from '../document/types.ts';
import { startRun } from '../run/execute.ts';
import type { LiveProject } from './live.ts';
import type { RecordObserver } from './observer.ts';
import { runCounts } from './run-counts.ts';

/** Runs a service operation because its timer says so, and leaves of it what any run from outside leaves. Never throws. */
export async function runTimed(
  address: string,
  input: Json,
  live: LiveProject | null,
  observer: RecordObserver,
): Promise<void> {
  const operation = live?.operation(address);
  if (live === null || operation === undefined || operation.kind !== 'service') return;
  const { run, failure } = await startRun(operation, live, { input }, { kind: 'timer' });
  const ms = performance.now() - run.begunAt;
  runCounts.of(address)(failure !== null);
  if (run.captured !== null && run.recorder !== null)
    live.captures?.take(run, run.recorder, { ms, failure, status: null });
  if (live.state.settings.logs.usage) observer.runEnded(run, failure, ms, null);
}
