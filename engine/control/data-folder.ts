import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, realpathSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { folders } from '../document/layout.ts';
import { reasonOf, removeTemporaryFiles } from './atomic-file.ts';

/** A data folder that is ours until it is closed or the process ends, however it ends. */
export interface DataFolder {
  /** The real path, without links. */
  readonly path: string;
  /** Who had it before and did not give it free: a process that was ended. null when it was left in order. */
  readonly leftBy: Owner | null;
  /** Gives the folder free. */
  close(): Promise<void>;
}

/** A process that has or had a data folder. */
export interface Owner {
  pid: number;
  /** RFC 3339. */
  since: string;
}

/** Why a data folder cannot be used, in one line with the remedy. */
export class DataFolderFault extends Error {
  override readonly name = 'DataFolderFault';
}

const documentFolders = Object.values(folders);
const otherFolders = ['drafts', 'history', 'files', 'logs', 'audit', 'store'];
/** Where a crash in the middle of a save may leave something behind. */
const foldersOfSaves = [
  '',
  ...documentFolders,
  'drafts',
  ...documentFolders.map((folder) => `drafts/${folder}`),
  'history',
];
const lockFile = '.lock';

/**
 * Makes a data folder ready: its folders, mode 0700, what a crash left behind removed, and no other Sluice in it.
 * @throws DataFolderFault when it is no folder, cannot be written, or is in use
 */
export async function openDataFolder(dir: string): Promise<DataFolder> {
  const wanted = resolve(dir);
  const path = attempt(wanted, () => {
    makeFolder(wanted);
    return realpathSync(wanted);
  });
  const lock = await takeLock(path);
  const leftBy = ownerOf(path);
  try {
    attempt(path, () => {
      for (const folder of [...documentFolders, ...otherFolders])
        mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
      for (const folder of foldersOfSaves) removeTemporaryFiles(join(path, folder));
      writeFileSync(join(path, lockFile), describeOwner(), { mode: 0o600 });
    });
  } catch (thrown) {
    await release(lock);
    throw thrown;
  }
  return {
    path,
    leftBy,
    async close() {
      removeLockFile(path);
      await release(lock);
    },
  };
}

/** Like mkdir -p. Node's own recursive mkdir never returns where the system refuses with ENOENT, as under /proc. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  // A link that leads nowhere is there and is not: what the system says of its target is the better reason.
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) realpathSync(path);
  mkdirSync(path, { mode: 0o700 });
}

function attempt<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (thrown) {
    throw new DataFolderFault(
      `The data folder ${path} cannot be used: ${inWords(thrown as NodeJS.ErrnoException, path)}`,
    );
  }
}

function inWords(error: NodeJS.ErrnoException, path: string): string {
  const elsewhere = 'or choose another folder with --data or SLUICE_DATA_DIR';
  const at = error.path ?? path;
  switch (error.code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return `${inTheWay(at)} is not a folder. Move it away, ${elsewhere}. (${error.code})`;
    case 'EACCES':
    case 'EPERM':
      return `permission is denied at ${at}. Give the user that runs Sluice the right to write there, ${elsewhere}. (${error.code})`;
    case 'EROFS':
      return `the file system is read-only. Mount it writable, ${elsewhere}. (EROFS)`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `no space is left on the device. Free some, ${elsewhere}. (${error.code})`;
    case 'ELOOP':
      return `${at} is a link that leads back to itself. Remove the link, ${elsewhere}. (ELOOP)`;
    case 'ENOENT':
      return `${at} leads nowhere: it is a link to something that does not exist. Make what it points to, ${elsewhere}. (ENOENT)`;
    default:
      return reasonOf(error).reason;
  }
}

// mkdir names the folder it wanted to make, not the file that is in its way.
function inTheWay(path: string): string {
  const parts = path.split(/(?=[/\\])/);
  for (let length = 1; length <= parts.length; length++) {
    const above = parts.slice(0, length).join('');
    try {
      if (!statSync(above).isDirectory()) return above;
    } catch {
      return path;
    }
  }
  return path;
}

/**
 * A socket that only one process can listen on stands for the folder. The system closes it when the process ends, even by
 * kill -9, so that it never goes stale; on Linux it has no file at all.
 */
function takeLock(path: string): Promise<net.Server> {
  const server = net.createServer((connection) => connection.destroy());
  return new Promise((resolved, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const message = inUse
        ? `is in use by another Sluice${describe(ownerOf(path))}. Stop that one, or choose another folder with --data or SLUICE_DATA_DIR.`
        : `cannot be locked. ${reasonOf(error).reason}`;
      reject(new DataFolderFault(`The data folder ${path} ${message}`));
    };
    server.once('error', async (error: NodeJS.ErrnoException) => {
      const name = lockName(path);
      if (
        error.code !== 'EADDRINUSE' ||
        name.startsWith('\0') ||
        process.platform === 'win32' ||
        (await isAnswered(name))
      )
        return fail(error);
      // Only a file of a process that ended: nobody answers there.
      unlinkSync(name);
      server.once('error', fail).listen(name, () => resolved(server));
    });
    server.listen(lockName(path), () => {
      server.unref();
      resolved(server);
    });
  });
}

function lockName(path: string): string {
  const name = `sluice-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

const isAnswered = (name: string): Promise<boolean> =>
  new Promise((resolved) => {
    const connection = net.connect(name, () => {
      connection.destroy();
      resolved(true);
    });
    connection.once('error', () => resolved(false));
  });

const release = (lock: net.Server): Promise<void> => new Promise((resolved) => lock.close(() => resolved()));

const describeOwner = (): string =>
  `${JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() })}\n`;

// For messages only: the file may be of a process that is long gone.
function ownerOf(path: string): Owner | null {
  try {
    const { pid, since } = JSON.parse(readFileSync(join(path, lockFile), 'utf8')) as Owner;
    return typeof pid === 'number' && typeof since === 'string' ? { pid, since } : null;
  } catch {
    return null;
  }
}

const describe = (owner: Owner | null): string =>
  owner === null ? '' : ` (process ${owner.pid}, since ${owner.since})`;

function removeLockFile(path: string): void {
  try {
    unlinkSync(join(path, lockFile));
  } catch {
    // Somebody removed it; the lock itself is the socket.
  }
}
