import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { timeOf } from '../parse-line.ts';
import type { LogFileEntry } from './list.ts';

/** A longer line is no line of ours; it comes in pieces, so that it cannot fill the memory. */
const longestLine = 32 * 1024 * 1024;
/** Lines of several workers may be so far out of order. */
const disorderMs = 60_000;
const blockBytes = 64 * 1024;

/**
 * The lines of one file, some at a time. It is read as it was when it was opened: what is added later, and the line that is
 * being written just then, are not among them. A file that was packed meanwhile is read packed; one that was removed has no
 * lines, and one that is damaged has those before the damage.
 * @param from milliseconds since 1970; lines long before it may be left out
 */
export async function* linesOfFile(entry: LogFileEntry, from?: number): AsyncGenerator<string[]> {
  let path = entry.path;
  let handle = await openIf(path);
  if (handle === undefined && !entry.compressed) {
    path = `${entry.path}.gz`;
    handle = await openIf(path);
  }
  if (handle === undefined) return;
  try {
    if (path.endsWith('.gz')) {
      const packed = handle.createReadStream({ start: 0 });
      // An error of either reaches the reader as the end of the other.
      yield* split(
        pipeline(packed, createGunzip(), () => {}),
        true,
      );
      return;
    }
    const { size } = await handle.stat();
    const start = from === undefined ? 0 : await positionOf(handle, size, from - disorderMs);
    if (size > start) yield* split(handle.createReadStream({ start, end: size - 1 }), !entry.live);
  } finally {
    await handle.close();
  }
}

const openIf = (path: string): Promise<FileHandle | undefined> =>
  open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);

/** @param whole the last line is one even without its end */
async function* split(stream: Readable, whole: boolean): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop() as string;
      if (rest.length > longestLine) {
        lines.push(rest);
        rest = '';
      }
      if (lines.length > 0) yield lines;
    }
  } catch {
    // Damaged or cut off by a crash: what was readable has been given.
  } finally {
    stream.destroy();
  }
  if (whole && rest !== '') yield [rest];
}

/** The beginning of a line before which all times are earlier, found by halving. Needs times in order. */
async function positionOf(handle: FileHandle, size: number, time: number): Promise<number> {
  let low = 0;
  let high = size;
  while (high - low > blockBytes) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineAfter(handle, middle);
    if (line !== undefined && (timeOf(line.text) ?? Number.POSITIVE_INFINITY) < time) low = line.start;
    else high = middle;
  }
  return low;
}

/** The first line that begins after a position, as far as a block reaches. */
async function lineAfter(handle: FileHandle, position: number): Promise<{ start: number; text: string } | undefined> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(blockBytes), 0, blockBytes, position);
  const end = buffer.subarray(0, bytesRead).indexOf(10);
  if (end < 0) return undefined;
  return { start: position + end + 1, text: buffer.toString('utf8', end + 1, Math.min(bytesRead, end + 301)) };
}
