import { utcTime } from '../../log/timestamp.ts';
import type { RunHead } from '../run-head.ts';
import type { TimeRange } from './halving.ts';
import { Pace } from './pace.ts';
import { readJson } from './read-json.ts';
import { type IndexEntry, indexedRun, linesWith } from './run-lines.ts';
import { type TracedRun, tracedRuns } from './traced-runs.ts';
import { timeOfUlid } from './ulid-time.ts';
import { stateOfError, typeOfNode } from './usage-head.ts';
import { walkForwards } from './walk.ts';

export interface CalledRuns {
  /** In the order of their begin. */
  runs: RunHead[];
  /** false when the time was up before all was looked at, or nothing tells the trace. */
  isWhole: boolean;
}

/** Records of a run are so far before its begin and after its end at most: clocks differ, and what is called may go on. */
const marginMs = 5000;
const lookMs = 2000;
/** Of a run whose end is not known it is taken to last no longer. */
const unknownMs = 600_000;

/**
 * The runs that a run called, and those that they called, as far as records or captures tell of them. Each of their records names the
 * trace that all of them share, and the span of the caller.
 */
export async function calledRuns(dir: string, head: RunHead, signal?: AbortSignal): Promise<CalledRuns> {
  const pace = new Pace(lookMs, signal);
  const range = around(head);
  const trace = head.trace ?? (await traceOf(dir, head.id, range));
  // A run that goes on, or whose process died, may not have said its trace.
  if (trace === null) return { runs: [], isWhole: false };
  const { runs, isWhole } = await tracedRuns(dir, trace, range, pace);
  const captured = await capturedRuns(dir, trace, range, pace);
  const called = new Map(calledOf(head, runs).map((run) => [run.id, run]));
  for (const run of captured) if (called.has(run.id)) called.set(run.id, run);
  addBelow(called, head.id, captured);
  const inOrder = [...called.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { runs: inOrder, isWhole: isWhole && !pace.isOver };
}

/** The times of a run's records, in milliseconds since 1970. */
export function around({ state, begin, ms }: RunHead): Required<TimeRange> {
  const begun = Date.parse(begin);
  const end = state === 'running' ? Date.now() : begun + (ms ?? unknownMs);
  return { from: begun - marginMs, to: end + marginMs };
}

/**
 * The head of a called run, out of its records.
 * @param root the run from outside that led to it, as far as that is known
 */
export function headOfCalled(run: TracedRun, parent: string | null, root: RunHead | undefined): RunHead {
  const { id, operation, trace, version, worker, end } = run;
  return {
    id,
    node: operation,
    operation: operation.split('/')[2] ?? '',
    type: typeOfNode(operation),
    state: end === null ? stateWithoutEnd(root) : stateOfError(end.error),
    status: null,
    begin: utcTime(timeOfUlid(id) ?? Number.NaN),
    ms: end?.ms ?? null,
    version,
    trigger: 'call',
    error: end?.error ?? null,
    replayOf: null,
    parent,
    trace,
    worker,
    capture: null,
  };
}

/** Failures and cancels are written whatever the switches say. */
const stateWithoutEnd = (root: RunHead | undefined): RunHead['state'] =>
  root?.state === 'running' || root?.state === 'interrupted' ? root.state : 'succeeded';

function calledOf(head: RunHead, traced: ReadonlyMap<string, TracedRun>): RunHead[] {
  const own = traced.get(head.id);
  const others = [...traced.values()].filter(({ id }) => id !== head.id);
  const bySpan = new Map([...traced.values()].flatMap((run) => (run.span === undefined ? [] : [[run.span, run]])));
  // A trace that nobody handed in has no other runs, even where those in between left no record.
  const isAlone = own?.parent === undefined && head.parent === null && others.every(({ usage }) => usage === null);
  return others.flatMap((run) => {
    if (run.usage !== null || timeOfUlid(run.id) === undefined) return [];
    const caller = run.parent === undefined ? undefined : bySpan.get(run.parent);
    if (!isAlone && !leadsTo(head.id, run, bySpan)) return [];
    return [headOfCalled(run, caller?.id ?? head.id, head)];
  });
}

/** Whether the spans above a run lead to another run. */
function leadsTo(id: string, run: TracedRun, bySpan: ReadonlyMap<string, TracedRun>): boolean {
  const passed = new Set<TracedRun>();
  for (let at: TracedRun | undefined = run; at !== undefined && !passed.has(at); ) {
    if (at.id === id) return true;
    passed.add(at);
    at = at.parent === undefined ? undefined : bySpan.get(at.parent);
  }
  return false;
}

/** Called runs of a trace that were captured by themselves. */
async function capturedRuns(dir: string, trace: string, range: TimeRange, pace: Pace): Promise<RunHead[]> {
  const heads: RunHead[] = [];
  for await (const { bytes } of walkForwards(dir, 'runs', range)) {
    for (const line of linesWith(bytes, `"trace":${JSON.stringify(trace)}`)) {
      const head = indexedRun(line) === undefined ? undefined : readJson<IndexEntry>(line)?.head;
      if (typeof head?.parent === 'string' && head.trace === trace) heads.push(head);
    }
    if (pace.isOver) break;
    await pace.breathe();
  }
  return heads;
}

/** Adds the captured runs whose callers are known, and those that they called. */
function addBelow(known: Map<string, RunHead>, root: string, captured: readonly RunHead[]): void {
  for (let size = -1; size < known.size; ) {
    size = known.size;
    for (const run of captured)
      if (run.id !== root && (run.parent === root || known.has(run.parent as string))) known.set(run.id, run);
  }
}

/** The trace that the records of a run name. */
async function traceOf(dir: string, id: string, range: TimeRange): Promise<string | null> {
  const pace = new Pace(lookMs);
  for await (const { bytes } of walkForwards(dir, 'records', range)) {
    for (const line of linesWith(bytes, `"run":${JSON.stringify(id)}`)) {
      const record = readJson<{ run?: unknown; trace?: unknown }>(line);
      if (record?.run === id && typeof record.trace === 'string') return record.trace;
    }
    if (pace.isOver) return null;
    await pace.breathe();
  }
  return null;
}
