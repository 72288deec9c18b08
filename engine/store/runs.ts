import { type Place, readCursor, writeCursor } from './read/cursor.ts';
import { type EndedRun, EndedRuns, indexedRuns, usedRuns } from './read/ended-runs.ts';
import type { TimeRange } from './read/halving.ts';
import { Pace } from './read/pace.ts';
import { readJson } from './read/read-json.ts';
import { type IndexEntry, statusOfUsage } from './read/run-lines.ts';
import { Scanned } from './read/scanned.ts';
import { headOfUsage, type UsageRecord } from './read/usage-head.ts';
import { walkBackwards, walkForwards } from './read/walk.ts';
import type { RunHead } from './run-head.ts';

export { around, calledRuns } from './read/called-runs.ts';
export { CursorFault } from './read/cursor.ts';
export { readRun, type StoredRun } from './read/stored-run.ts';

export interface RunSearch {
  /** Milliseconds since 1970, included; compared with the end of a run. */
  from?: number;
  to?: number;
  limit: number;
  /** Where an earlier page ended. */
  cursor?: string;
  fits(head: RunHead): boolean;
  /** How long to look, in milliseconds; 2000 if left out. */
  withinMs?: number;
  /** Ends the page. */
  signal?: AbortSignal;
}

export interface RunPage {
  /** Newest first, by their end. */
  runs: RunHead[];
  /** Where to go on; null when there is nothing older. */
  cursor: string | null;
  /** The times that were looked at, in milliseconds since 1970; null when there was nothing. */
  scanned: { from: number | null; to: number | null };
}

/** A captured run stands in the index and mostly among the records too, so far apart in time at most. */
const apartMs = 15_000;
/** So many lines of the index are kept in memory to know which runs were captured. */
const mostAhead = 20_000;
/** The end of a run as its head and as its usage record say it differ by what rounding and answering take. */
const roundingMs = 10;
/** How far the records are searched for the status of a run whose head has none. */
const statusMs = 1000;

/**
 * The runs that fit, newest first, a page at a time: those that were captured, and those that only have a usage record. A page
 * ends when it is full or when its time is over; it is the last one when its cursor is null. Throws a CursorFault.
 */
export async function findRuns(dir: string, search: RunSearch): Promise<RunPage> {
  const { from, to, cursor, withinMs = 2000, signal } = search;
  const places = cursor === undefined ? undefined : readCursor(cursor, 2);
  const pace = new Pace(withinMs, signal);
  const open = (kind: 'runs' | 'records', place: Place | null | undefined) => {
    const blocks = place === null ? nothing() : walkBackwards(dir, kind, { from, to }, place);
    return new EndedRuns(blocks, kind === 'runs' ? indexedRuns : usedRuns, pace, place ?? null);
  };
  const index = open('runs', places?.[0]);
  const usages = open('records', places?.[1]);
  try {
    if (places !== undefined) await addNewer(dir, places[0] ?? null, usages, index.ids);
    return await merge(index, usages, search, pace);
  } finally {
    await Promise.all([index.close(), usages.close()]);
  }
}

async function merge(index: EndedRuns, usages: EndedRuns, search: RunSearch, pace: Pace): Promise<RunPage> {
  const { limit, cursor, fits, from, to } = search;
  const range: TimeRange = { from, to };
  const scanned = new Scanned(range, cursor !== undefined);
  const statuses = new Map<string, number | null>();
  const given = new Set<string>();
  const runs: RunHead[] = [];
  const give = (id: string, head: RunHead | undefined) => {
    if (head === undefined || given.has(id)) return;
    given.add(id);
    if (fits(head)) runs.push(head);
  };
  const page = (isWhole: boolean): RunPage => {
    const left = [index.place, usages.place];
    const isLast = isWhole || left.every((place) => place === null);
    return { runs, cursor: isLast ? null : writeCursor(left), scanned: isLast ? scanned.whole() : scanned.sofar() };
  };

  let isFirst = true;
  while (runs.length < limit) {
    const entry = await index.peek();
    const usage = await usages.peek();
    if (entry === undefined || usage === undefined || (pace.isOver && !isFirst)) {
      if (entry === undefined) scanned.saw(index.readTill);
      if (usage === undefined) scanned.saw(Math.max(usages.readTill, entry?.end ?? Number.NEGATIVE_INFINITY));
      return page(false);
    }
    if (entry === null && usage === null) return page(true);
    isFirst = false;
    if (usage !== null && (entry === null || usage.end + roundingMs >= entry.end)) {
      await index.readTo(usage.end - apartMs, mostAhead);
      usages.take();
      scanned.saw(usage.end);
      if (index.ids.has(usage.id)) statuses.set(usage.id, statusOfUsage(usage.line));
      else if (isWithin(usage.end, range)) give(usage.id, headOf(usage));
    } else if (entry !== null) {
      index.take();
      scanned.saw(entry.end);
      if (!isWithin(entry.end, range)) continue;
      const head = readJson<IndexEntry>(entry.line)?.head;
      if (head?.status === null && head.type === 'http' && !statuses.has(entry.id)) {
        await usages.readTo(entry.end - statusMs, mostAhead);
        const own = usages.waiting(entry.id);
        if (own !== undefined) statuses.set(entry.id, statusOfUsage(own.line));
      }
      give(entry.id, head && { ...head, status: head.status ?? statuses.get(entry.id) ?? null });
      statuses.delete(entry.id);
    }
    await pace.breathe();
  }
  return page(false);
}

async function* nothing(): ReturnType<typeof walkBackwards> {}

/** Adds the captured runs that earlier pages gave, and whose usage records may be still to come. */
async function addNewer(dir: string, place: Place | null, usages: EndedRuns, ids: Set<string>): Promise<void> {
  const usage = await usages.peek();
  if (usage === null || usage === undefined) return;
  const range = { from: usage.end - apartMs, to: usage.end + apartMs };
  let read = 0;
  for await (const block of walkForwards(dir, 'runs', range, place ?? undefined)) {
    for (const { id } of indexedRuns(block)) {
      if (++read > mostAhead) return;
      ids.add(id);
    }
  }
}

const headOf = ({ line }: EndedRun): RunHead | undefined => {
  const record = readJson<UsageRecord>(line);
  return record && headOfUsage(record);
};

const isWithin = (time: number, { from, to }: TimeRange): boolean =>
  time >= (from ?? Number.NEGATIVE_INFINITY) && time <= (to ?? Number.POSITIVE_INFINITY);
