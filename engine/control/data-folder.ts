import { lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { folders } from '../document/layout.ts';
import { reasonOf, removeTemporaryFiles } from './atomic-file.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { FolderInUse, newOpening, type Owner, ownerOf, writeOwner } from './folder-owner.ts';
import { watchLock } from './lock-watch.ts';

export type { Owner };

/** A data folder that is ours until it is closed or the process ends, however it ends. */
export interface DataFolder {
  /** The real path, without links. */
  readonly path: string;
  /** Who had it before and did not give it free: a process that was ended. null when it was left in order. */
  readonly leftBy: Owner | null;
  /** Who is told when the folder stops being ours alone, in a sentence with the remedy; standard error until it is called. */
  reportTo(report: (message: string) => void): void;
  /** Gives the folder free. */
  close(): Promise<void>;
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
  const opening = newOpening();
  const lock = await lockFolder(path, opening).catch((thrown: Error) => {
    throw refusalOf(thrown, path);
  });
  const leftBy = ownerOf(path);
  try {
    attempt(path, () => {
      for (const folder of [...documentFolders, ...otherFolders])
        mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
      for (const folder of foldersOfSaves) removeTemporaryFiles(join(path, folder));
      writeOwner(path, opening);
    });
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
  let report = (message: string): void => void process.stderr.write(`sluice: ${message}\n`);
  const watch = watchLock(lock, (message) => report(message));
  let closed: Promise<void> | undefined;
  return {
    path,
    leftBy,
    reportTo(listener) {
      report = listener;
    },
    close() {
      closed ??= giveFree(lock, watch);
      return closed;
    },
  };
}

async function giveFree(lock: FolderLock, watch: { close(): Promise<void> }): Promise<void> {
  await watch.close();
  await lock.release();
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
    throw refusalOf(thrown as Error, path);
  }
}

function refusalOf(thrown: Error, path: string): DataFolderFault {
  const reason =
    thrown instanceof FolderInUse
      ? `is ${thrown.message}. Stop that one, or choose another folder with --data or SLUICE_DATA_DIR.`
      : `cannot be used: ${inWords(thrown, path)}`;
  return new DataFolderFault(`The data folder ${path} ${reason}`);
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
