import type { FileHandle } from 'node:fs/promises';

/** Milliseconds since 1970, both included. */
export interface TimeRange {
  from?: number;
  to?: number;
}

/** The time of a line in milliseconds since 1970, or undefined when it has none. Its beginning is enough. */
export type TimeOfLine = (head: string) => number | undefined;

/** Lines of several workers may be so far out of order. */
const disorderMs = 60_000;
const blockBytes = 64 * 1024;
const headBytes = 1024;
const newline = 10;

/** Where the lines of a range begin and end, both at line ends; roughly, but none is left out. */
export async function boundsOf(
  handle: FileHandle,
  size: number,
  { from, to }: TimeRange,
  timeOfLine: TimeOfLine,
): Promise<{ begin: number; end: number }> {
  const begin = from === undefined ? 0 : (await halve(handle, size, from - disorderMs, timeOfLine, false)).low;
  const end = to === undefined ? size : (await halve(handle, size, to + disorderMs + 1, timeOfLine, true)).high;
  return { begin, end };
}

/**
 * Begins of lines: before `low` all times are earlier, from `high` on none is. Needs times that rise.
 * @param isEarly what a line without a time counts as
 */
async function halve(
  handle: FileHandle,
  size: number,
  time: number,
  timeOfLine: TimeOfLine,
  isEarly: boolean,
): Promise<{ low: number; high: number }> {
  let low = 0;
  let high = size;
  let looked = size;
  let seen = 0;
  while (looked - seen > blockBytes) {
    const middle = Math.floor((seen + looked) / 2);
    const line = await lineAfter(handle, middle);
    const found = line === undefined ? undefined : timeOfLine(line.head);
    if (found === undefined ? isEarly : found < time) {
      seen = middle;
      if (line !== undefined && found !== undefined) low = line.begin;
    } else {
      looked = middle;
      if (line !== undefined && found !== undefined) high = line.begin;
    }
  }
  return { low, high };
}

/** The first line that begins after a position, as far as a block reaches. */
async function lineAfter(handle: FileHandle, position: number): Promise<{ begin: number; head: string } | undefined> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(blockBytes), 0, blockBytes, position);
  const end = buffer.subarray(0, bytesRead).indexOf(newline);
  if (end < 0 || end + 1 === bytesRead) return undefined;
  return { begin: position + end + 1, head: buffer.toString('latin1', end + 1, Math.min(bytesRead, end + headBytes)) };
}
