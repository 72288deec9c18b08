import type { RunHead } from '../run-head.ts';

/** Where the body of a captured run stands. */
export interface CapturePlace {
  /** Name of the segment, in the folder of the same day. */
  file: string;
  /** Bytes from its beginning. */
  at: number;
  /** Length without the line end. */
  bytes: number;
  /** Id of the captured run: the one itself, or the one that it is part of. */
  in: string;
}

/** A line of the index. */
export interface IndexEntry {
  head: RunHead;
  capture: CapturePlace;
}

// Keys are written in a fixed order, and what stands before these comes from documents: ids, addresses, types.
const idOfIndex = /^\{"head":\{"id":"([^"]{1,64})"/;
const beginAndMs = /"begin":"([^"]{20,30})","ms":(null|\d{1,15}(?:\.\d{1,9})?(?:e-?\d+)?)/;
const idOfUsage =
  /^\{"id":"[^"]{0,200}","time":"[^"]{20,30}","level":"[a-z]{4,7}","kind":"usage","event":"run"(?:,"node":"[^"]{0,300}")?,"run":"([^"]{1,64})"/;
const usageMark = Buffer.from('"kind":"usage","event":"run"');
const newline = 10;
const headBytes = 1024;

/** When the run of an index line ended, in milliseconds since 1970. */
export function endOfHead(line: string): number | undefined {
  const match = beginAndMs.exec(line.slice(0, headBytes));
  if (match === null) return undefined;
  const end = Date.parse(match[1] as string) + (match[2] === 'null' ? 0 : Number(match[2]));
  return Number.isNaN(end) ? undefined : end;
}

/** Id of the run of an index line, undefined for another line. Its first 1024 characters are enough. */
export const indexedRun = (line: string): string | undefined => idOfIndex.exec(line)?.[1];

/** Id of the run of a usage record, undefined for another line. Its first 1024 characters are enough. */
export const usedRun = (line: string): string | undefined => idOfUsage.exec(line)?.[1];

/** The lines of a block that may be usage records of runs, in their order, with where they begin in the block. */
export function* usageLines(bytes: Buffer): Generator<{ line: string; begin: number }> {
  for (let start = 0; ; ) {
    const found = bytes.indexOf(usageMark, start);
    if (found < 0) return;
    const begin = found === 0 ? 0 : bytes.lastIndexOf(newline, found - 1) + 1;
    const end = bytes.indexOf(newline, found);
    if (end < 0) return;
    start = end + 1;
    // Data may hold the mark too, but not so near the beginning.
    if (usedRun(bytes.toString('latin1', begin, Math.min(end, begin + headBytes))) === undefined) continue;
    yield { line: bytes.toString('utf8', begin, end), begin };
  }
}

/** The lines of a block that hold a text, in their order. */
export function* linesWith(bytes: Buffer, text: string): Generator<string> {
  for (let start = 0; ; ) {
    const found = bytes.indexOf(text, start);
    if (found < 0) return;
    const begin = found === 0 ? 0 : bytes.lastIndexOf(newline, found - 1) + 1;
    const end = bytes.indexOf(newline, found);
    if (end < 0) return;
    start = end + 1;
    yield bytes.toString('utf8', begin, end);
  }
}

/** The HTTP status that a usage record tells; null when it tells none. What follows it in the line are numbers and texts. */
export function statusOfUsage(line: string): number | null {
  const key = line.lastIndexOf(statusKey);
  const status = key < 0 ? Number.NaN : Number.parseInt(line.slice(key + statusKey.length), 10);
  return Number.isNaN(status) ? null : status;
}

const statusKey = '"status":';
