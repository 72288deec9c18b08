import { statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import process from 'node:process';
import { ControlFault } from '../control/control.ts';

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A path as people wrote it or would: relative to `cwd` if it is below it. */
export function shown(path: string, cwd = process.cwd()): string {
  const below = relative(cwd, path);
  return below === '' || below.startsWith(`..${sep}`) || below === '..' ? path : below;
}

/**
 * For commands that only read or remove: a mistyped data folder is no empty project, and must not become one.
 * @throws ControlFault 404
 */
export function requireDataFolder(dataDir: string): void {
  if (!isFolder(dataDir))
    throw new ControlFault(404, `There is no data folder ${shown(dataDir)}. Name the right one with --data.`);
}
