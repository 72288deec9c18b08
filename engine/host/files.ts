import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ActionFailure, type HostFiles } from '../../actions/kit/define.ts';
import { quoteWhole } from '../document/found.ts';
import { contains, type Located, locate, noAccess, type Root, realPath } from './paths.ts';

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
/** Neither follow a link at the last part nor wait for the other end of a pipe. */
const carefully = O_NOFOLLOW | O_NONBLOCK;

export interface FileOptions {
  /** Folder that may be read and written. */
  readonly files: string;
  /** Folder that may be read. */
  readonly logs: string;
  /** Bytes of the largest file that is read. */
  readonly maxReadBytes: number;
}

interface Files extends HostFiles {
  /** Chunks that come one by one are written as they come. */
  write(path: string, content: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
}

/** The folders that file actions see, and no way out of them. Files are made with mode 0600, folders with 0700. */
export function createFiles(options: FileOptions): Files {
  const files: Root = { folder: options.files, writable: true };
  const logs: Root = { folder: options.logs, writable: false };
  const reading = (path: string): Located => locate(path, files, logs, false);
  const writing = (path: string): Located => locate(path, files, logs, true);
  return {
    read: (path) => attempt(path, () => read(reading(path), options.maxReadBytes)),
    write: (path, content) => attempt(path, () => write(writing(path), content)),
    append: (path, content) => attempt(path, () => append(writing(path), content)),
    list: (path) => attempt(path, () => list(reading(path))),
    remove: (path, recursive) => attempt(path, () => remove(writing(path), recursive)),
    makeDirectory: (path) => attempt(path, () => makeFolder(writing(path))),
  };
}

/** Gives what the system refused a code and a message without the place of the data folder. */
async function attempt<T>(given: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ActionFailure) throw thrown;
    const { code = '', message } = thrown as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw noAccess(given, 'is a link');
    throw new ActionFailure(
      'file-failed',
      `The path ${quoteWhole(given)} ${reasons[code] ?? `failed: ${message.split(',', 1)[0]}`}.`,
    );
  }
}

const reasons: Readonly<Record<string, string | undefined>> = {
  EACCES: 'may not be used by the user that the engine runs as',
  EDQUOT: 'found no space left',
  EEXIST: 'exists already and is no folder',
  EISDIR: 'is a folder',
  ENAMETOOLONG: 'is too long',
  ENOENT: 'does not exist',
  ENOSPC: 'found no space left',
  ENOTDIR: 'leads through something that is no folder',
  ENOTEMPTY: 'is a folder that is not empty; allow recursive deletion',
};

async function read(located: Located, most: number): Promise<Uint8Array> {
  const handle = await openChecked(located, O_RDONLY);
  try {
    const { size } = await handle.stat();
    if (size > most)
      throw new ActionFailure(
        'file-failed',
        `The file ${quoteWhole(located.given)} has ${size} bytes; allowed are ${most}.`,
      );
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Readers see the old file or the new one, and a full disk leaves the old one. */
async function write(located: Located, content: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  await makeFolderAbove(located);
  const path = await realPath(located);
  const before = await lstat(path).catch(() => null);
  if (before !== null) refuseUnlessFile(before, located.given);
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(draft, O_WRONLY | O_CREAT | O_EXCL | carefully, 0o600);
    try {
      await writeFile(handle, content);
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true });
    throw thrown;
  }
}

async function append(located: Located, content: string | Uint8Array): Promise<void> {
  await makeFolderAbove(located);
  const handle = await openChecked(located, O_WRONLY | O_APPEND | O_CREAT);
  try {
    await handle.appendFile(content);
  } finally {
    await handle.close();
  }
}

/** Opens a regular file, and makes sure that what was opened is what stands at the checked path. */
async function openChecked(located: Located, flags: number): Promise<FileHandle> {
  const path = await realPath(located);
  const handle = await open(path, flags | carefully, 0o600);
  try {
    const opened = await handle.stat();
    refuseUnlessFile(opened, located.given);
    const named = await lstat(await realPath(located));
    if (named.ino !== opened.ino || named.dev !== opened.dev)
      throw noAccess(located.given, 'was replaced while it was opened');
    return handle;
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

function refuseUnlessFile(stats: Stats, given: string): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw new ActionFailure('file-failed', `The path ${quoteWhole(given)} is a folder.`);
  throw noAccess(given, stats.isSymbolicLink() ? 'is a link' : 'is neither a file nor a folder');
}

async function list(located: Located): Promise<{ name: string; directory: boolean; absolute: string }[]> {
  if (located.isRoot) await mkdir(located.path, { recursive: true, mode: 0o700 });
  const path = await realPath(located);
  if ((await lstat(path)).isSymbolicLink()) throw noAccess(located.given, 'is a link');
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .map((entry) => ({ name: entry.name, directory: entry.isDirectory(), absolute: join(located.path, entry.name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function remove(located: Located, recursive: boolean): Promise<void> {
  if (located.isRoot) throw noAccess(located.given, 'is the folder that holds all files and stays');
  const path = await realPath(located);
  const isFolder = (await lstat(path)).isDirectory();
  if (!isFolder) await unlink(path);
  else if (recursive) await rm(path, { recursive: true });
  else await rmdir(path);
}

async function makeFolderAbove(located: Located): Promise<void> {
  if (located.isRoot) throw Object.assign(new Error(), { code: 'EISDIR' });
  await makeFolder({ ...located, path: dirname(located.path) });
}

/** Makes missing folders one by one, each in a folder whose links were followed and checked. */
async function makeFolder({ root, path, given }: Located): Promise<void> {
  await mkdir(root.folder, { recursive: true, mode: 0o700 });
  const top = await realpath(root.folder);
  let at = top;
  for (const name of path.slice(root.folder.length).split(/[\\/]/).filter(Boolean)) {
    const next = join(at, name);
    await mkdir(next, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    at = await realpath(next);
    if (!contains(top, at)) throw noAccess(given, 'leads through a link out of the folders that file actions may use');
  }
  if (!(await lstat(at)).isDirectory()) throw Object.assign(new Error(), { code: 'EEXIST' });
}
