import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionFailure } from '../../actions/kit/define.ts';
import { quoteWhole } from '../document/found.ts';

/** A folder that file actions see. */
export interface Root {
  readonly folder: string;
  readonly writable: boolean;
}

/** A path of a workflow, found to lie in a root by its text; what is on disk is checked when it is opened. */
export interface Located {
  readonly root: Root;
  readonly path: string;
  /** As the workflow wrote it, for messages. */
  readonly given: string;
  readonly isRoot: boolean;
}

export const noAccess = (given: string, why: string): ActionFailure =>
  new ActionFailure(
    'file-access',
    `The path ${quoteWhole(given)} ${why}. Files lie in files/ of the data folder; logs/ can be read.`,
  );

/**
 * Finds the root of a path: relative ones lie in `files`, those that begin with `logs/` in `logs`, absolute ones in the root
 * that holds them. `%2e` and the like are names as any other. Throws file-access for a path that leads anywhere else.
 */
export function locate(given: string, files: Root, logs: Root, writing: boolean): Located {
  if (given.includes('\0')) throw noAccess(given, 'has a NUL character');
  const inLogs = /^(?:\.\/)*logs(?:\/|$)/.test(given);
  const path = isAbsolute(given)
    ? resolve(given)
    : inLogs
      ? resolve(logs.folder, given.replace(/^(?:\.\/)*logs\/*/, ''))
      : resolve(files.folder, given);
  const root = [files, logs].find(({ folder }) => contains(folder, path));
  if (root === undefined) throw noAccess(given, 'leads out of the folders that file actions may use');
  if (writing && !root.writable) throw noAccess(given, 'can only be read');
  return { root, path, given, isRoot: path === root.folder };
}

export const contains = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
};

/**
 * The path with all links above its last part followed.
 * Throws file-access if they lead out of the root, and what the system says if a folder is missing.
 */
export async function realPath({ root, path, given, isRoot }: Located): Promise<string> {
  const folder = await realpath(root.folder);
  if (isRoot) return folder;
  const parent = await realpath(dirname(path));
  if (!contains(folder, parent))
    throw noAccess(given, 'leads through a link out of the folders that file actions may use');
  return join(parent, basename(path));
}
