import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openPosition } from '../run/position-memory.ts';
import { formatUlid } from '../run/ulid-text.ts';
import type { StuckReport } from '../wire/messages.ts';
import type { NodeRange, WatchdogData } from './watchdog.ts';

// The watchdog's own side, a thread of the worker process (see watchdog.ts).

/** File descriptor of the pipe that only this thread writes to. */
const reportDescriptor = 4;
const lookEveryMs = 100;
/** The loop counts as stuck after so many looks without a turn. */
const quietLooks = 3;

const { shared, part, parent } = workerData as WatchdogData;
const { ints, floats } = openPosition(shared);
const ranges: NodeRange[] = [];
parentPort?.on('message', (range: NodeRange) => ranges.push(range));

let turns = ints[1];
let looks = 0;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  if (ints[1] !== turns) {
    turns = ints[1];
    looks = 0;
    return;
  }
  if (++looks >= quietLooks) report(looks * lookEveryMs);
}, lookEveryMs);

function report(ms: number): void {
  const node = ints[0] as number;
  const range = ranges.findLast(({ first, addresses }) => node >= first && node < first + addresses.length);
  const stuck: StuckReport = {
    address: range?.addresses[node - range.first] ?? null,
    operation: range?.addresses[0] ?? null,
    run: formatUlid(floats[0] as number, part, floats[1] as number),
    begin: floats[0] as number,
    ms,
  };
  try {
    writeSync(reportDescriptor, `${JSON.stringify(stuck)}\n`);
  } catch {
    // The control process is gone or not reading; the next look tries again.
  }
}
