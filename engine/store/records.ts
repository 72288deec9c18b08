import { timeOf } from '../log/parse-line.ts';
import { beginOfLine, linesOfBlock } from './read/blocks.ts';
import { type Place, readCursor, writeCursor } from './read/cursor.ts';
import type { TimeRange } from './read/halving.ts';
import { Pace } from './read/pace.ts';
import { readJson } from './read/read-json.ts';
import { linesWith } from './read/run-lines.ts';
import { Scanned } from './read/scanned.ts';
import { walkBackwards, walkForwards } from './read/walk.ts';

export { CursorFault } from './read/cursor.ts';
export { followRecords } from './read/follow.ts';

export interface RecordSearch {
  /** Milliseconds since 1970, included. */
  from?: number;
  to?: number;
  limit: number;
  /** Where an earlier page ended. */
  cursor?: string;
  /** Whether a record, given as JSON text, is wanted. */
  fits(line: string): boolean;
  /** How long to look, in milliseconds; 2000 if left out. */
  withinMs?: number;
  /** Ends the page. */
  signal?: AbortSignal;
}

export interface RecordPage {
  /** JSON texts, newest first. */
  lines: string[];
  /** Where to go on; null when there is nothing older. */
  cursor: string | null;
  /** The times that were looked at, in milliseconds since 1970; null when there was nothing. */
  scanned: { from: number | null; to: number | null };
}

/** How many lines, or characters of them, are looked at before the clock is. */
const linesPerLook = 32;
const lengthPerLook = 16 * 1024;
const mostOfRun = 10_000;

/**
 * The records that fit, in the reverse order of their arrival, a page at a time. A page ends when it is full or when its time
 * is over; it is the last one when its cursor is null. Throws a CursorFault.
 */
export async function findRecords(dir: string, search: RecordSearch): Promise<RecordPage> {
  const { from, to, limit, cursor, fits, withinMs = 2000, signal } = search;
  const isTimed = from !== undefined || to !== undefined;
  const place = cursor === undefined ? undefined : readCursor(cursor, 1)[0];
  const pace = new Pace(withinMs, signal);
  const scanned = new Scanned(search, cursor !== undefined);
  const lines: string[] = [];
  if (place === null) return { lines, cursor: null, scanned: scanned.whole() };
  const blocks = walkBackwards(dir, 'records', { from, to }, place);
  let looked = 0;
  let length = 0;
  for await (const block of blocks) {
    const { day, segment } = block;
    const texts = linesOfBlock(block);
    for (let i = texts.length - 1; i >= 0; i--) {
      const line = texts[i] as string;
      const time = isTimed || i === 0 || i === texts.length - 1 ? timeOf(line) : undefined;
      if (time !== undefined) scanned.saw(time);
      const isWanted = !isTimed || (time !== undefined && isWithin(time, search));
      if (isWanted && isRecord(line) && fits(line)) lines.push(line);
      const isFull = lines.length >= limit;
      length += line.length;
      if (isFull || ++looked >= linesPerLook || length > lengthPerLook) {
        looked = 0;
        length = 0;
        await pace.breathe();
        if (!isFull && !pace.isOver) continue;
        scanned.saw(timeOf(line));
        const reached: Place = { day, segment, at: beginOfLine(block, i) };
        if (i === 0 && (await blocks.next()).done) return { lines, cursor: null, scanned: scanned.whole() };
        return { lines, cursor: writeCursor([reached]), scanned: scanned.sofar() };
      }
    }
    if (pace.isOver) {
      return { lines, cursor: writeCursor([{ day, segment, at: block.at }]), scanned: scanned.sofar() };
    }
  }
  return { lines, cursor: null, scanned: scanned.whole() };
}

/** The records of a range of times in the order of their arrival, some at a time. */
export async function* readRecords(dir: string, range: TimeRange): AsyncGenerator<string[]> {
  for await (const block of walkForwards(dir, 'records', range)) {
    const lines = linesOfBlock(block).filter((line) => isRecord(line) && isWithin(timeOf(line), range));
    if (lines.length > 0) yield lines;
  }
}

/**
 * The records of one run, oldest first, at most 10,000.
 * @param around the time of the run, in milliseconds since 1970
 */
export async function recordsOfRun(dir: string, id: string, around: { from: number; to: number }): Promise<string[]> {
  const found: string[] = [];
  const pace = new Pace(Number.POSITIVE_INFINITY);
  for await (const { bytes } of walkForwards(dir, 'records', around)) {
    for (const line of linesWith(bytes, `"run":${JSON.stringify(id)}`)) {
      if (readJson<{ run?: unknown }>(line)?.run === id) found.push(line);
      if (found.length >= mostOfRun) return found;
      await pace.breathe();
    }
  }
  return found;
}

/** When the stored records begin, in milliseconds since 1970, as far as the first ones tell; undefined when there are none. */
export async function firstRecordTime(dir: string): Promise<number | undefined> {
  for await (const batch of readRecords(dir, {}))
    return batch.reduce((first, line) => Math.min(first, timeOf(line) ?? first), Number.POSITIVE_INFINITY);
  return undefined;
}

/** A line that is torn or foreign has another form. */
const isRecord = (line: string): boolean => line.startsWith('{"id":"') && line.endsWith('}');

const isWithin = (time: number | undefined, { from, to }: TimeRange): boolean =>
  time !== undefined && time >= (from ?? Number.NEGATIVE_INFINITY) && time <= (to ?? Number.POSITIVE_INFINITY);
