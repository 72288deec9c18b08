import type { Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { byAge, type DatedName, liveName, logFiles, parseName } from '../file-names.ts';
import type { LogFile } from '../record.ts';
import { localDate } from '../timestamp.ts';

/** One file of a log on disk. */
export interface LogFileEntry extends DatedName {
  /** Name in the folder: the dated one, also of the file being written. */
  name: string;
  path: string;
  /** Size on disk. */
  bytes: number;
  /** It is the one that the live name leads to. */
  live: boolean;
  /** Milliseconds since 1970. */
  modified: number;
}

/**
 * The files of one log or of both, each log's oldest first and the live one last. Every line is in one of them only: the
 * live name and the dated name of the same file are one entry, and of a file and its packed form only the packed one is
 * listed. Links, folders and other names are left out. A folder that is not there has no files.
 */
export async function listLogFiles(dir: string, file?: LogFile): Promise<LogFileEntry[]> {
  const entries: LogFileEntry[] = [];
  for (const one of file === undefined ? logFiles : [file]) entries.push(...(await listOne(dir, one)));
  return entries;
}

/** A log that rotates while it is listed is listed again, so often at most. */
const tries = 10;

async function listOne(dir: string, file: LogFile): Promise<LogFileEntry[]> {
  const lookAtLive = () => stat(join(dir, liveName(file))).catch(() => undefined);
  let live = await lookAtLive();
  let entries = await listDated(dir, file, live);
  for (let i = 0; i < tries; i++) {
    const now = await lookAtLive();
    if (now?.ino === live?.ino && now?.dev === live?.dev) break;
    live = now;
    entries = await listDated(dir, file, live);
  }
  const current = entries.find((entry) => entry.live);
  if (current === undefined)
    return live?.isFile() ? [...entries.sort(byAge), alone(dir, file, live)] : entries.sort(byAge);
  // What is younger was begun before clocks were set back; if it is empty, it is about to become the live one.
  const left = entries.filter((entry) => entry !== current && (entry.bytes > 0 || byAge(entry, current) < 0));
  return [...left.sort(byAge), current];
}

async function listDated(dir: string, file: LogFile, live: Stats | undefined): Promise<LogFileEntry[]> {
  const names = await readdir(dir).catch(() => [] as string[]);
  const entries: LogFileEntry[] = [];
  for (const name of names) {
    const dated = parseName(name);
    if (dated?.file !== file || (!dated.compressed && names.includes(`${name}.gz`))) continue;
    // A file may be packed just now, and then has its other name.
    const entry = (await entryOf(dir, name, dated, live)) ?? (await entryOf(dir, `${name}.gz`, dated, live));
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function entryOf(
  dir: string,
  name: string,
  dated: DatedName,
  live: Stats | undefined,
): Promise<LogFileEntry | undefined> {
  const path = join(dir, name);
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const isLive = live?.ino === found.ino && live.dev === found.dev;
  const compressed = name.endsWith('.gz');
  return { ...dated, compressed, name, path, bytes: found.size, live: isLive, modified: found.mtimeMs };
}

/** A live file without a dated name: nobody has begun to write it yet. */
const alone = (dir: string, file: LogFile, { size, mtimeMs }: Stats): LogFileEntry => ({
  file,
  date: localDate(new Date(mtimeMs)),
  sequence: 0,
  compressed: false,
  name: liveName(file),
  path: join(dir, liveName(file)),
  bytes: size,
  live: true,
  modified: mtimeMs,
});
