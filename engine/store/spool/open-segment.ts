import { constants } from 'node:fs';
import { chmod, type FileHandle, lstat, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSegmentName, type SegmentKind, segmentName } from '../segments.ts';

/** A segment that is being written. */
export interface OpenSegment {
  readonly handle: FileHandle;
  readonly day: string;
  readonly number: number;
  readonly name: string;
  readonly path: string;
  readonly dev: number;
  readonly ino: number;
  /** Bytes of whole batches in it. */
  size: number;
  /** Bytes after these, of a batch that is being written. */
  partial: number;
}

export interface Opening {
  dir: string;
  kind: SegmentKind;
  day: string;
  /** No segment with a smaller number is gone on with, and none is made. */
  least: number;
  /** What is at least so large, in bytes, is full. */
  segmentBytes: number;
  /** What was changed later is not gone on with: the clock has been set back. Milliseconds since 1970. */
  latest: number;
}

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;
const newline = 10;
const blockBytes = 64 * 1024;

/** Opens the day's last segment of a kind if it may be gone on with, else makes the next. Throws the system's error. */
export async function openSegment({ dir, kind, day, least, segmentBytes, latest }: Opening): Promise<OpenSegment> {
  await makeFolder(dir, true);
  await makeFolder(join(dir, day), false);
  let last = least - 1;
  for (const name of await readdir(join(dir, day))) {
    const parsed = parseSegmentName(name);
    if (parsed?.kind === kind) last = Math.max(last, parsed.number);
  }
  if (last >= least) {
    const name = segmentName({ kind, number: last });
    const found = await lstat(join(dir, day, name));
    if (found.isFile() && found.size < segmentBytes && found.mtimeMs <= latest) {
      return await openFile(dir, day, name, last, O_RDWR | O_APPEND | O_NOFOLLOW);
    }
  }
  const name = segmentName({ kind, number: last + 1 });
  const made = await openFile(dir, day, name, last + 1, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW);
  await flushFolder(join(dir, day));
  return made;
}

async function openFile(dir: string, day: string, name: string, number: number, flags: number): Promise<OpenSegment> {
  const path = join(dir, day, name);
  const handle = await open(path, flags, 0o600);
  try {
    const { dev, ino, mode } = await handle.stat();
    if ((mode & 0o077) !== 0) await handle.chmod(0o600);
    return { handle, day, number, name, path, dev, ino, size: await cutTornLine(handle), partial: 0 };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** Cuts off what stands after the last line end, if a process died while writing it. Answers the size in bytes. */
export async function cutTornLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const block = Buffer.alloc(Math.min(size, blockBytes));
  for (let end = size; end > 0; ) {
    const begin = Math.max(0, end - blockBytes);
    const { bytesRead } = await handle.read(block, 0, end - begin, begin);
    const found = block.subarray(0, bytesRead).lastIndexOf(newline);
    if (found >= 0) {
      const whole = begin + found + 1;
      if (whole < size) await handle.truncate(whole);
      return whole;
    }
    end = begin;
  }
  if (size > 0) await handle.truncate(0);
  return 0;
}

/** @param followed it may be a link that an administrator made, to another disk for example */
async function makeFolder(path: string, followed: boolean): Promise<void> {
  if ((await mkdir(path, { recursive: true, mode: 0o700 }).catch(alreadyThere)) !== undefined) return;
  const found = await (followed ? stat(path) : lstat(path));
  if (!found.isDirectory()) throw new Error(`${path} is not a folder. Move it away, so that the store can be written.`);
  if ((found.mode & 0o077) !== 0) await chmod(path, 0o700).catch(() => {});
}

const alreadyThere = (thrown: NodeJS.ErrnoException): undefined => {
  if (thrown.code !== 'EEXIST') throw thrown;
};

async function flushFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Where folders cannot be flushed, they need not be.
  }
}
