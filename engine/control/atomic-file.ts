import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

/** A file that could not be written or removed. The one that was there before is untouched. */
export class FileFailure extends Error {
  override readonly name = 'FileFailure';
  /** The status an API answers with: 507 when space is what lacks, else 500. */
  readonly status: 500 | 507;

  constructor(
    message: string,
    /** The system's code, such as ENOSPC. */
    readonly code: string,
  ) {
    super(message);
    this.status = outOfSpace.has(code) ? 507 : 500;
  }
}

const outOfSpace = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const remedies: { readonly [code: string]: string } = {
  ENOSPC: 'No space is left on the device. Free some and save again.',
  EDQUOT: 'The quota of the disk is used up. Free some space and save again.',
  EFBIG: 'The system does not allow a file of this size.',
  EACCES: 'Permission is denied. Give the user that runs Sluice the right to read and write there.',
  EPERM: 'Permission is denied. Give the user that runs Sluice the right to read and write there.',
  EROFS: 'The file system is read-only. Mount it writable and save again.',
  EMFILE: 'The process has too many files open. Save again in a moment, or raise its limit.',
  ENFILE: 'The system has too many files open. Save again in a moment.',
  ENOENT: 'Its folder is gone. Create it and save again.',
  EIO: 'The device reports an error. Look at the system log, then save again.',
};

/** What a system call's error means for the person who has to do something about it. */
export const reasonOf = (thrown: unknown): { code: string; reason: string } => {
  const { code = 'UNKNOWN', message } = thrown as NodeJS.ErrnoException;
  return { code, reason: `${remedies[code] ?? `${message}.`} (${code})` };
};

const temporary = /^\..+\.[0-9a-f]{12}\.tmp$/;
/** A name beside a file for what is on its way to it; removed at the next start if a crash leaves it there. */
export const temporaryName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

/** Whether a file name is one that this module gives to files on their way. */
const isTemporary = (name: string): boolean => temporary.test(name);

/** Removes what a crash left behind in a folder. Only the owner of the folder may call it. */
export function removeTemporaryFiles(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (isTemporary(name)) unlinkSync(join(folder, name));
}

/**
 * Puts a file in place in one step, mode 0600, and on disk when it resolves: written beside it, flushed, renamed over it,
 * its folder flushed. After a crash there is the old file or the new one. Any failing step leaves the old one.
 * @throws FileFailure
 */
export async function writeFileAtomically(path: string, content: string): Promise<void> {
  const { default: fs } = await import('fs-extra');
  const fresh = temporaryName(path);
  const former = temporaryName(path);
  let replaced = false;
  let kept = false;
  try {
    await writeFlushed(fresh, content);
    kept = await fs.link(path, former).then(
      () => true,
      () => false,
    );
    await fs.rename(fresh, path);
    replaced = true;
    await flushFolder(dirname(path));
  } catch (thrown) {
    const { code, reason } = reasonOf(thrown);
    if (replaced) await (kept ? fs.rename(former, path) : fs.unlink(path)).catch(() => {});
    throw new FileFailure(`${basename(path)} could not be saved; what was there before is untouched. ${reason}`, code);
  } finally {
    await fs.unlink(fresh).catch(() => {});
    await fs.unlink(former).catch(() => {});
  }
}

/** Writes a new file, mode 0600; its content is on disk when it resolves. Throws the system's error. */
export async function writeFlushed(path: string, content: string): Promise<void> {
  const { default: fs } = await import('fs-extra');
  // fs-extra waits for a free descriptor instead of failing when the process has too many files open.
  const file = await fs.open(path, 'wx', 0o600);
  try {
    await fs.writeFile(file, content);
    await fs.fsync(file);
  } finally {
    await fs.close(file);
  }
}

/**
 * Puts a copy in place in one step, without waiting for the disk: for what can be made again from something else.
 * Throws the system's error.
 */
export function replaceFileSync(path: string, content: Uint8Array | string): void {
  const fresh = temporaryName(path);
  try {
    writeFileSync(fresh, content, { flag: 'wx', mode: 0o600 });
    renameSync(fresh, path);
  } catch (thrown) {
    try {
      unlinkSync(fresh);
    } catch {
      // It was never made.
    }
    throw thrown;
  }
}

/** Makes renames and removals in a folder survive a power cut. */
export async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for this, and needs it not.
  if (process.platform === 'win32') return;
  const { default: fs } = await import('fs-extra');
  const handle = await fs.open(folder, 'r');
  try {
    await fs.fsync(handle);
  } finally {
    await fs.close(handle);
  }
}
