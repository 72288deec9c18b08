import { timeOf } from '../../log/parse-line.ts';
import type { RunHead } from '../run-head.ts';
import { headOfCalled } from './called-runs.ts';
import type { TimeRange } from './halving.ts';
import { Pace } from './pace.ts';
import { readJson } from './read-json.ts';
import { linesWith, usedRun } from './run-lines.ts';
import { isEndOfRun, tracedRuns } from './traced-runs.ts';
import { headOfUsage, type UsageRecord } from './usage-head.ts';
import { walkForwards } from './walk.ts';

/** The end of a run and its usage record are so far apart in time at most. */
const apartMs = 15_000;
/** Milliseconds after which what has not been found is not there: it lies near the run's begin. */
const withinMs = 3_000;
/** A run that says nothing for a day says nothing any more. */
const quietMs = 86_400_000;
/** Until so long after a called run its caller is looked for, which says who it is when it ends, if not before. */
const callerMs = 120_000;
const headBytes = 1024;

/** The head of a run that was not captured; null where no record tells of it. */
export async function recordedRun(
  dir: string,
  id: string,
  begin: number,
  signal?: AbortSignal,
): Promise<RunHead | null> {
  const { usage, trace, last } = await findRecords(dir, id, { from: begin }, signal);
  if (usage !== undefined) return headOfUsage(usage);
  if (trace === undefined) return null;
  const pace = new Pace(2000, signal);
  const { runs } = await tracedRuns(dir, trace, { from: begin - callerMs, to: last + callerMs }, pace);
  const run = runs.get(id);
  // One that nobody called is known by its usage record, or goes on.
  if (run?.parent === undefined || !run.operation.startsWith('service/')) return null;
  const all = [...runs.values()];
  const caller = all.find(({ span }) => span === run.parent);
  // Where a trace has one run from outside that began it, all others are below that one.
  const [root, other] = all.filter(({ usage }) => usage !== null);
  const isAlone = other === undefined && root?.parent === undefined;
  const above = caller ?? (isAlone ? root : undefined);
  return headOfCalled(run, above?.id ?? null, root?.usage ? headOfUsage(root.usage) : undefined);
}

/** The usage record of a run. */
export async function usageOf(
  dir: string,
  id: string,
  range: TimeRange,
  signal?: AbortSignal,
): Promise<UsageRecord | undefined> {
  return (await findRecords(dir, id, range, signal)).usage;
}

interface Found {
  usage?: UsageRecord;
  /** The trace that its records name. */
  trace?: string;
  /** Time of the last of them, in milliseconds since 1970. */
  last: number;
}

/** Looks for the usage record of a run until it is certain that there is none. */
async function findRecords(dir: string, id: string, range: TimeRange, signal?: AbortSignal): Promise<Found> {
  const found: Found = { last: Number.NaN };
  const pace = new Pace(withinMs, signal);
  let until = Number.POSITIVE_INFINITY;
  for await (const { bytes } of walkForwards(dir, 'records', range)) {
    if ((timeOf(bytes.toString('latin1', 0, headBytes)) ?? 0) > until) return found;
    for (const line of linesWith(bytes, `"run":"${id}"`)) {
      const record = readJson<UsageRecord>(line);
      if (record?.run !== id) continue;
      if (usedRun(line) === id) return { ...found, usage: record };
      found.trace ??= record.trace;
      found.last = Date.parse(record.time);
      until = found.last + (isEndOfRun(record) ? apartMs : quietMs);
    }
    if (pace.isOver) return found;
    await pace.breathe();
  }
  return found;
}
