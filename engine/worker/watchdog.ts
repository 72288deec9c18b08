import { Worker } from 'node:worker_threads';
import { position } from '../run/position.ts';
import { ownPart } from '../run/ulid.ts';

const turnEveryMs = 50;

/** The numbers of an operation's nodes within the process. */
export interface NodeRange {
  first: number;
  addresses: readonly string[];
}

export interface WatchdogData {
  shared: SharedArrayBuffer;
  part: string;
  parent: number;
}

/**
 * A thread that watches this process's event loop from beside it. While the loop does not turn, it says at which node and
 * run it stands: the loop itself could not, and the control process has to know before it ends the process. It also ends
 * the process when its parent is gone and the loop is too busy to notice.
 */
export function startWatchdog(): { learn(range: NodeRange): void } {
  const thread = new Worker(new URL('./watchdog.js', import.meta.url), {
    workerData: { shared: position.shared, part: ownPart, parent: process.ppid } satisfies WatchdogData,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 },
    stdin: false,
  });
  thread.unref();
  thread.on('error', () => {});
  setInterval(() => position.turned(), turnEveryMs).unref();
  return { learn: (range) => thread.postMessage(range) };
}
