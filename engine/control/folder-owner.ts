import { randomBytes } from 'node:crypto';
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** A process that has or had a data folder. */
export interface Owner {
  /** As the process itself sees it: in a container it may be another one outside. */
  pid: number;
  /** RFC 3339. */
  since: string;
  host?: string;
  /** Of this opening alone: no other one ever has it. */
  id?: string;
}

/** One opening of a data folder by this process. */
export type Opening = Required<Owner>;

/** A folder that somebody else has. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(readonly owner: Owner | null) {
    super(`in use by another Sluice${describe(owner)}`);
  }
}

const lockFile = '.lock';

export const newOpening = (): Opening => ({
  pid: process.pid,
  host: hostname(),
  since: new Date().toISOString(),
  id: randomBytes(8).toString('hex'),
});

export const describe = (owner: Owner | null): string => {
  if (owner === null) return '';
  const on = owner.host === undefined || owner.host === hostname() ? '' : ` on ${owner.host}`;
  return ` (process ${owner.pid}${on}, since ${owner.since})`;
};

/** One line, as it is in the file and as the lock's sockets say it. */
export const textOf = (owner: Opening): string => `${JSON.stringify(owner)}\n`;

export function ownerIn(text: string): Owner | null {
  try {
    const { pid, since, host, id } = JSON.parse(text) as Owner;
    if (typeof pid !== 'number' || typeof since !== 'string') return null;
    return { pid, since, ...(typeof host === 'string' && { host }), ...(typeof id === 'string' && { id }) };
  } catch {
    return null;
  }
}

/** Who has or last had the folder by its lock file: it may be a process that is long gone. */
export function ownerOf(folder: string): Owner | null {
  try {
    return ownerIn(readFileSync(join(folder, lockFile), 'utf8'));
  } catch {
    return null;
  }
}

export const isOwnerWritten = (folder: string): boolean => {
  try {
    readFileSync(join(folder, lockFile));
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ENOENT';
  }
};

/** Throws the system's error. */
export const writeOwner = (folder: string, owner: Opening): void =>
  writeFileSync(join(folder, lockFile), textOf(owner), { mode: 0o600 });

/** Removes the lock file unless it is somebody else's. */
export function removeOwner(folder: string, owner: Opening): void {
  const written = ownerOf(folder);
  if (written !== null && written.id !== owner.id) return;
  try {
    unlinkSync(join(folder, lockFile));
  } catch {
    // Somebody removed it; the lock itself are the sockets.
  }
}
