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
  const names = await readdir(dir).catch(() => [] as string[]);
  const entries: LogFileEntry[] = [];
  for (const one of file === undefined ? logFiles : [file]) entries.push(...(await listOne(dir, one, names)));
  return entries;
}

async function listOne(dir: string, file: LogFile, names: readonly string[]): Promise<LogFileEntry[]> {
  const live = await stat(join(dir, liveName(file))).catch(() => undefined);
  const entries: LogFileEntry[] = [];
  for (const name of names) {
    const dated = parseName(name);
    if (dated?.file !== file || (!dated.compressed && names.includes(`${name}.gz`))) continue;
    const path = join(dir, name);
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    const isLive = live?.ino === found.ino && live.dev === found.dev;
    entries.push({ ...dated, name, path, bytes: found.size, live: isLive, modified: found.mtimeMs });
  }
  entries.sort((a, b) => Number(a.live) - Number(b.live) || byAge(a, b));
  if (live?.isFile() && !entries.some((entry) => entry.live)) entries.push(alone(dir, file, live.size, live.mtimeMs));
  return entries;
}

/** A live file without a dated name: nobody has begun to write it yet. */
const alone = (dir: string, file: LogFile, bytes: number, modified: number): LogFileEntry => ({
  file,
  date: localDate(new Date(modified)),
  sequence: 0,
  compressed: false,
  name: liveName(file),
  path: join(dir, liveName(file)),
  bytes,
  live: true,
  modified,
});
