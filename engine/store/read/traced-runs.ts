import type { ErrorShape } from '../../errors.ts';
import type { TimeRange } from './halving.ts';
import type { Pace } from './pace.ts';
import { readJson } from './read-json.ts';
import { linesWith } from './run-lines.ts';
import type { UsageRecord } from './usage-head.ts';
import { walkForwards } from './walk.ts';

/** What the records of a run tell of it. */
export interface TracedRun {
  id: string;
  /** Address of its operation. */
  operation: string;
  /** Its own span, and that of the run that called it, or of the request that it answers (W3C Trace Context). */
  span: string | undefined;
  parent: string | undefined;
  trace: string;
  version: string | null;
  worker: string | null;
  /** The end of its operation; null where none was written. */
  end: { ms: number | null; error: ErrorShape | null } | null;
  /** The usage record, which only runs from outside have. */
  usage: UsageRecord | null;
}

/** More runs of one trace are not looked at. */
const mostRuns = 10_000;
/** `service/tools/echo`; an action's address has one part more. */
const partsOfOperation = 3;

/** The runs of a trace by their ids, as far as there is time. */
export async function tracedRuns(
  dir: string,
  trace: string,
  range: TimeRange,
  pace: Pace,
): Promise<{ runs: Map<string, TracedRun>; isWhole: boolean }> {
  const runs = new Map<string, TracedRun>();
  for await (const { bytes } of walkForwards(dir, 'records', range)) {
    for (const line of linesWith(bytes, `"trace":${JSON.stringify(trace)}`)) {
      const record = readJson<UsageRecord>(line);
      if (record?.trace === trace) add(runs, trace, record);
      if (pace.isOver || runs.size > mostRuns) return { runs, isWhole: false };
      await pace.breathe();
    }
    if (pace.isOver) return { runs, isWhole: false };
    await pace.breathe();
  }
  return { runs, isWhole: true };
}

function add(runs: Map<string, TracedRun>, trace: string, record: UsageRecord): void {
  const { run: id, node, span, parent, version, worker } = record;
  if (typeof id !== 'string' || typeof node !== 'string') return;
  const known = runs.get(id) ?? {
    id,
    operation: node.split('/', partsOfOperation).join('/'),
    span: undefined,
    parent: undefined,
    trace,
    version: null,
    worker: null,
    end: null,
    usage: null,
  };
  runs.set(id, known);
  // What another process wrote of a run whose own died has no spans.
  known.span ??= span;
  known.parent ??= parent;
  known.version ??= version ?? null;
  known.worker ??= worker ?? null;
  if (isUsage(record)) known.usage = record;
  else if (isEndOfRun(record)) known.end = { ms: record.ms ?? null, error: record.error ?? null };
}

const isUsage = ({ kind, event }: UsageRecord): boolean => kind === 'usage' && event === 'run';

/** Whether it tells the end of a run, and not of a node in it. */
export const isEndOfRun = ({ event, node = '' }: UsageRecord): boolean =>
  event === 'end' && node.split('/').length === partsOfOperation;
