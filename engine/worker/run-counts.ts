import type { RunCount } from '../wire/messages.ts';

/** Runs of one operation that ended since they were last told. */
interface Count {
  runs: number;
  /** Those of them that failed; of HTTP those that were answered with 5xx. */
  errors: number;
}

/** How many runs of each operation have ended in this process, until they are told to the control process. */
class RunCounts {
  private readonly counts = new Map<string, Count>();

  /** Where an operation's runs are counted: found once, so that a run only adds to it. */
  of(address: string): (failed: boolean) => void {
    const known = this.counts.get(address) ?? { runs: 0, errors: 0 };
    this.counts.set(address, known);
    return (failed) => {
      known.runs++;
      if (failed) known.errors++;
    };
  }

  /** What was counted since the last time; undefined when it was nothing. */
  take(): RunCount[] | undefined {
    const told: RunCount[] = [];
    for (const [address, count] of this.counts) {
      if (count.runs === 0) continue;
      told.push([address, count.runs, count.errors]);
      count.runs = 0;
      count.errors = 0;
    }
    return told.length === 0 ? undefined : told;
  }
}

/** The counts of this process. */
export const runCounts = new RunCounts();
