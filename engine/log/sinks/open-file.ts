import { Buffer } from 'node:buffer';
import { constants, type Stats } from 'node:fs';
import {
  chmod,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  stat,
  symlink,
  unlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import { byAge, type DatedName, datedName, liveName, parseName } from '../file-names.ts';
import type { LogFile } from '../record.ts';
import { localDate } from '../timestamp.ts';
import { endLastLine } from './last-line.ts';
import { sameContent } from './same-content.ts';

/** A file that is being written, under its dated name. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly name: string;
  readonly dev: number;
  readonly ino: number;
  size: number;
}

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants;

/** Whether two of these are the same file. */
export const isSame = (a: Pick<Stats, 'dev' | 'ino'> | undefined, b: Pick<Stats, 'dev' | 'ino'>): boolean =>
  a !== undefined && a.ino === b.ino && a.dev === b.dev;

/** What lies under a path, or undefined; `followed` looks where a link leads. */
export const look = (path: string, followed = false): Promise<Stats | undefined> =>
  (followed ? stat(path) : lstat(path)).catch(() => undefined);

/**
 * Opens the file that a log goes on in: the day's last one if `mayContinue` allows it, else a new one, with the next free
 * number. When it resolves, the live name leads to it, and did so without a gap. Throws the system's error.
 */
export async function openLogFile(
  dir: string,
  file: LogFile,
  date: string,
  mayContinue: (name: string, bytes: number) => boolean,
): Promise<OpenFile> {
  await makeFolder(dir);
  await adopt(dir, file);
  const names = (await readdir(dir)).flatMap((name) => parseName(name) ?? []).filter((name) => name.file === file);
  const last = names
    .filter((name) => name.date === date)
    .sort(byAge)
    .at(-1);
  const continued = last !== undefined && (await continueFile(dir, last, mayContinue));
  const opened =
    continued || (await createFile(dir, { file, date, sequence: last ? last.sequence + 1 : 0, compressed: false }));
  try {
    await setLive(dir, file, opened);
    return opened;
  } catch (thrown) {
    await opened.handle.close();
    // Another try makes another one.
    if (!continued) await unlink(join(dir, opened.name)).catch(() => {});
    throw thrown;
  }
}

async function makeFolder(dir: string): Promise<void> {
  if ((await mkdir(dir, { recursive: true, mode: 0o700 })) !== undefined) return;
  // A group may have been let in on purpose, the whole world not.
  if (((await stat(dir)).mode & 0o007) !== 0) await chmod(dir, 0o700).catch(() => {});
}

async function continueFile(
  dir: string,
  last: DatedName,
  mayContinue: (name: string, bytes: number) => boolean,
): Promise<OpenFile | false> {
  const name = datedName(last);
  const found = last.compressed ? undefined : await look(join(dir, name));
  if (!found?.isFile() || !mayContinue(name, found.size)) return false;
  const handle = await open(join(dir, name), O_RDWR | O_APPEND | O_NOFOLLOW);
  try {
    if ((found.mode & 0o077) !== 0) await handle.chmod(0o600);
    const size = await endLastLine(handle);
    const { dev, ino } = await handle.stat();
    return { handle, name, dev, ino, size };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

async function createFile(dir: string, dated: DatedName): Promise<OpenFile> {
  const name = datedName(dated);
  const handle = await open(join(dir, name), O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  const { dev, ino } = await handle.stat();
  return { handle, name, dev, ino, size: 0 };
}

/** Makes the live name a second name of a file, in one step. */
async function setLive(dir: string, file: LogFile, opened: Pick<OpenFile, 'name' | 'dev' | 'ino'>): Promise<void> {
  const live = join(dir, liveName(file));
  const found = await look(live);
  if (isSame(found, opened)) return;
  const fresh = join(dir, `.${liveName(file)}.tmp`);
  await unlink(fresh).catch(() => {});
  // Some file systems have no hard links.
  await link(join(dir, opened.name), fresh).catch(() => symlink(opened.name, fresh));
  await rename(fresh, live);
  await flushFolder(dir);
}

/**
 * Gives a file that stands under the live name, and has no other, a dated name: somebody put it there, and its content must
 * not be lost. A copy of a file that is there anyway, as restoring a backup leaves one, is no loss.
 */
async function adopt(dir: string, file: LogFile): Promise<void> {
  const live = join(dir, liveName(file));
  const stranger = await look(live);
  if (!stranger?.isFile() || stranger.size === 0) return;
  const date = localDate(stranger.mtime);
  let sequence = 0;
  for (const name of await readdir(dir)) {
    const parsed = parseName(name);
    if (parsed?.file !== file) continue;
    if (parsed.date === date) sequence = Math.max(sequence, parsed.sequence + 1);
    if (parsed.compressed) continue;
    const known = await look(join(dir, name));
    if (isSame(known, stranger)) return;
    if (known?.size === stranger.size && (await sameContent(join(dir, name), live).catch(no))) return;
  }
  await link(live, join(dir, datedName({ file, date, sequence, compressed: false })));
}

const no = (): boolean => false;

async function flushFolder(dir: string): Promise<void> {
  try {
    const handle = await open(dir, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Where folders cannot be flushed, they need not be.
  }
}

/** The bytes from a position to the end. */
export async function readFrom(handle: FileHandle, position: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, end - position));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
  return bytes.subarray(0, bytesRead);
}
