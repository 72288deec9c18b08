import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { byAge, liveName } from '../file-names.ts';
import type { LogFile } from '../record.ts';
import { linesOfFile } from './lines.ts';
import { type LogFileEntry, listLogFiles } from './list.ts';

export interface FollowOptions {
  dir: string;
  file: LogFile;
  signal: AbortSignal;
  /** How often the file is looked at. */
  pollMs?: number;
}

interface Followed {
  handle: FileHandle;
  entry: LogFileEntry | undefined;
  position: number;
  rest: string;
  decoder: StringDecoder;
}

const blockBytes = 256 * 1024;

/**
 * The lines that are added to a log from now on, as they come, through rotations and after a clear. It waits for a log that
 * is not there yet, and ends when the signal is aborted.
 */
export async function* followLogLines({ dir, file, signal, pollMs = 200 }: FollowOptions): AsyncGenerator<string> {
  let followed = await openLive(dir, file);
  if (followed !== undefined) followed.position = (await followed.handle.stat()).size;
  try {
    while (!signal.aborted) {
      if (followed !== undefined) {
        const live = await stat(join(dir, liveName(file))).catch(() => undefined);
        const own = await followed.handle.stat();
        if (own.size < followed.position) followed.position = 0;
        // The next file begins when this one is complete, so reading it after that look gives all of it.
        for await (const lines of newLines(followed)) yield* lines;
        if (live !== undefined && (live.ino !== own.ino || live.dev !== own.dev)) {
          const left: Followed = followed;
          followed = undefined;
          await left.handle.close();
          if (left.rest !== '') yield left.rest;
          followed = await openLive(dir, file);
          yield* between(dir, file, left.entry, followed?.entry);
          continue;
        }
      } else {
        followed = await openLive(dir, file);
      }
      await delay(pollMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    await followed?.handle.close();
  }
}

async function openLive(dir: string, file: LogFile): Promise<Followed | undefined> {
  const entry = (await listLogFiles(dir, file)).find(({ live }) => live);
  if (entry === undefined) return undefined;
  const handle = await open(entry.path, constants.O_RDONLY).catch(() => undefined);
  return handle && { handle, entry, position: 0, rest: '', decoder: new StringDecoder('utf8') };
}

async function* newLines(followed: Followed): AsyncGenerator<string[]> {
  const block = Buffer.alloc(blockBytes);
  for (;;) {
    const { bytesRead } = await followed.handle.read(block, 0, blockBytes, followed.position);
    if (bytesRead === 0) return;
    followed.position += bytesRead;
    const lines = (followed.rest + followed.decoder.write(block.subarray(0, bytesRead))).split('\n');
    followed.rest = lines.pop() as string;
    yield lines;
  }
}

/** Files that began and ended between two looks. */
async function* between(
  dir: string,
  file: LogFile,
  after?: LogFileEntry,
  before?: LogFileEntry,
): AsyncGenerator<string> {
  if (after === undefined || before === undefined) return;
  for (const entry of await listLogFiles(dir, file)) {
    if (byAge(entry, after) <= 0 || byAge(entry, before) >= 0) continue;
    for await (const lines of linesOfFile(entry)) yield* lines;
  }
}
