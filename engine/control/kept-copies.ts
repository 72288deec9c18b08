import { randomBytes } from 'node:crypto';
import { constants, copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { replaceFileSync } from './atomic-file.ts';

/** Copies of the last text of every file that was in order, below the data folder. */
const lastGoodFolder = '.last-good';
/** Files that were not in order and had to make way. */
const setAsideFolder = '.set-aside';

/** The last good content of a file, whose name is relative to the data folder; undefined when none is known. */
export function lastGood(dataDir: string, file: string): Buffer | undefined {
  try {
    return readFileSync(join(dataDir, lastGoodFolder, file));
  } catch {
    // Without a copy there is nothing to fall back to, whatever the reason.
    return undefined;
  }
}

/** Remembers a content as the last good one. Answers false when it could not be written; then the older one stays. */
export function rememberGood(dataDir: string, file: string, content: Uint8Array | string): boolean {
  const path = join(dataDir, lastGoodFolder, file);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    replaceFileSync(path, content);
    return true;
  } catch {
    return false;
  }
}

/** Forgets the last good content of a file that was removed on purpose. */
export function forgetGood(dataDir: string, file: string): void {
  try {
    unlinkSync(join(dataDir, lastGoodFolder, file));
  } catch {
    // There was none.
  }
}

/** Names of the files in a folder that have a last good content. */
export function rememberedIn(dataDir: string, folder: string): string[] {
  try {
    return readdirSync(join(dataDir, lastGoodFolder, folder));
  } catch {
    return [];
  }
}

/**
 * Copies a file to where it is out of the way, under its name and the time. Gives the copy's name relative to the data
 * folder. Throws the system's error; the file is not touched.
 */
export function setAside(dataDir: string, file: string): string {
  const copy = makeCopyName(dataDir, file);
  copyFileSync(join(dataDir, file), join(dataDir, copy), constants.COPYFILE_EXCL);
  return copy;
}

/**
 * Likewise for what was in a file's place and now has the name `former` alone. Whoever is still writing into it goes on
 * writing into the copy, where the file system has second names.
 */
export function setFormerAside(dataDir: string, file: string, former: string): string {
  const copy = makeCopyName(dataDir, file);
  try {
    linkSync(former, join(dataDir, copy));
  } catch {
    copyFileSync(former, join(dataDir, copy), constants.COPYFILE_EXCL);
  }
  return copy;
}

function makeCopyName(dataDir: string, file: string): string {
  // The random part is for two copies in one millisecond.
  const stamp = `${new Date().toISOString().replace(/[-:.]/g, '')}-${randomBytes(2).toString('hex')}`;
  const copy = join(setAsideFolder, dirname(file), `${basename(file, '.json')}-${stamp}.json`);
  mkdirSync(dirname(join(dataDir, copy)), { recursive: true, mode: 0o700 });
  return copy;
}
