import { findRecords } from '../../store/records.ts';
import type { Tail, TailPosition } from '../tail.ts';

/** Stored records that a stream begins with, at most. */
const mostRecalled = 1000;
const mostCharacters = 2 * 1024 * 1024;
/** A longer record is in no stream. */
const longestLine = 512 * 1024;
/** Records that are looked at to find the one that a stream goes on from. */
const mostLooked = 10_000;
const lookMs = 5000;

/** What a stream begins with. */
export interface Recalled {
  /** JSON texts that fit, oldest first. */
  lines: string[];
  /** Where it goes on. */
  at: TailPosition;
  /** Records had to be left out before the lines, or between them and what comes. */
  isGap: boolean;
}

export interface Recall {
  dir: string;
  tail: Tail;
  fits(line: string): boolean;
  signal: AbortSignal;
}

const headId = /^\{"id":"([^"\\]*)"/;

/** The id of a record in JSON; empty when there is none. */
export const idOf = (line: string): string => headId.exec(line)?.[1] ?? '';

/** What came after a record: out of memory, else out of the store. */
export async function recallAfter(id: string, recall: Recall): Promise<Recalled> {
  const { tail } = recall;
  const at = tail.after(id);
  if (at !== null) return { lines: [], at, isGap: false };
  const found = await lookBack(recall, { until: id });
  return found.isReached ? joined(found, recall) : { lines: [], at: tail.end, isGap: true };
}

/** What is stored since a time, in milliseconds since 1970. */
export async function recallSince(from: number, recall: Recall): Promise<Recalled> {
  return joined(await lookBack(recall, { from }), recall);
}

interface Found {
  /** Newest first. */
  lines: string[];
  /** Id of the newest record that was looked at; null when there was none. */
  newest: string | null;
  isReached: boolean;
  isCut: boolean;
}

async function lookBack(
  { dir, fits, signal }: Recall,
  { from, until }: { from?: number; until?: string },
): Promise<Found> {
  const found: Found = { lines: [], newest: null, isReached: false, isCut: false };
  const enough = new AbortController();
  let length = 0;
  let looked = 0;
  const look = (line: string): boolean => {
    if (enough.signal.aborted) return false;
    const id = idOf(line);
    found.newest ??= id;
    looked += 1;
    found.isReached = id === until;
    const isOver = until !== undefined && looked > mostLooked;
    if (found.isReached || isOver) enough.abort();
    else if (line.length > longestLine) found.isCut = true;
    else if (fits(line)) {
      length += line.length;
      const isFull = found.lines.length >= mostRecalled || length > mostCharacters;
      found.isCut ||= isFull;
      if (!isFull) found.lines.push(line);
      // Which records are missing shows only when the one to go on from is found.
      else if (until === undefined) enough.abort();
    }
    return false;
  };
  try {
    const { cursor } = await findRecords(dir, {
      ...(from !== undefined && { from }),
      limit: 1,
      fits: look,
      withinMs: lookMs,
      signal: AbortSignal.any([signal, enough.signal]),
    });
    // The time was up before it was through.
    found.isCut ||= cursor !== null && !enough.signal.aborted;
  } catch (thrown) {
    if (!enough.signal.aborted && !signal.aborted) throw thrown;
  }
  return found;
}

/** Lines of the store, and the place in memory right after the newest that was looked at, so that nothing comes twice. */
function joined({ lines, newest, isCut }: Found, { tail }: Recall): Recalled {
  const at = newest === null ? null : tail.after(newest);
  // What memory holds from its begin on is newer than what is stored, unless it has forgotten some.
  const isTorn = newest !== null && at === null && tail.begin.lines > 0;
  return { lines: lines.reverse(), at: at ?? tail.begin, isGap: isCut || isTorn };
}
