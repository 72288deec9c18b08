import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { timeOf } from '../../log/parse-line.ts';
import { dayBegin, dayMs, listDays, listSegments, type Segment } from '../segments.ts';
import { type Block, blocksBackwards, blocksForwards } from './blocks.ts';
import type { Place } from './cursor.ts';
import { boundsOf, type TimeOfLine, type TimeRange } from './halving.ts';
import { endOfHead } from './run-lines.ts';

/** A block and the segment that it is in. */
export interface PlacedBlock extends Block {
  day: string;
  segment: number;
}

/** Kinds whose lines have a time. */
type TimedKind = 'records' | 'runs';
const timeOfLine: Readonly<Record<TimedKind, TimeOfLine>> = { records: timeOf, runs: endOfHead };

/**
 * The lines of the segments that may hold a range of times, the last ones first; those before a place, if one is given.
 * Segments that are gone or cannot be read are passed over.
 */
export async function* walkBackwards(
  dir: string,
  kind: TimedKind,
  range: TimeRange,
  before?: Place,
): AsyncGenerator<PlacedBlock> {
  for (const day of (await daysOf(dir, range)).reverse()) {
    if (before !== undefined && day > before.day) continue;
    for (const segment of (await listSegments(dir, day, kind)).reverse()) {
      const { number } = segment;
      const isLast = before?.day === day && number === before.segment;
      if (before?.day === day && number > before.segment) continue;
      yield* inSegment(segment, async function* (handle, size) {
        const { begin, end } = await boundsOf(handle, size, range, timeOfLine[kind]);
        yield* blocksBackwards(handle, begin, isLast ? Math.min(end, before.at) : end);
      });
    }
  }
}

/** The same, the first ones first; those after a place, if one is given. */
export async function* walkForwards(
  dir: string,
  kind: TimedKind,
  range: TimeRange,
  after?: Place,
): AsyncGenerator<PlacedBlock> {
  for (const day of await daysOf(dir, range)) {
    if (after !== undefined && day < after.day) continue;
    for (const segment of await listSegments(dir, day, kind)) {
      const { number } = segment;
      const isFirst = after?.day === day && number === after.segment;
      if (after?.day === day && number < after.segment) continue;
      yield* inSegment(segment, async function* (handle, size) {
        const { begin, end } = await boundsOf(handle, size, range, timeOfLine[kind]);
        yield* blocksForwards(handle, isFirst ? Math.max(begin, after.at) : begin, end);
      });
    }
  }
}

/** The days that may hold a range of times. What waited for a full disk is in the folder of a later day. */
async function daysOf(dir: string, { from, to }: TimeRange): Promise<string[]> {
  const mayHold = (day: string) =>
    dayBegin(day) - dayMs <= (to ?? Number.POSITIVE_INFINITY) &&
    dayBegin(day) + 2 * dayMs >= (from ?? Number.NEGATIVE_INFINITY);
  return (await listDays(dir)).filter(mayHold);
}

async function* inSegment(
  { day, number, path }: Segment,
  walk: (handle: FileHandle, size: number) => AsyncGenerator<Block>,
): AsyncGenerator<PlacedBlock> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return;
  }
  try {
    const blocks = walk(handle, (await handle.stat()).size);
    for (;;) {
      const next = await blocks.next().catch(() => undefined);
      if (next === undefined || next.done) return;
      yield { ...next.value, day, segment: number };
    }
  } finally {
    await handle.close();
  }
}
