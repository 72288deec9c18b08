import { createHash } from 'node:crypto';
import { readlinkSync, statSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderInUse, type Opening, ownerIn, textOf } from './folder-owner.ts';
import { ask, listen } from './lock-socket.ts';

/** Milliseconds that a process which is being ended may take to give a name free. */
const endingMs = 1_000;

/**
 * The names that stand for a folder within one network namespace; only one process can listen on each. On Linux they have no
 * file at all. One is of the folder itself, however it is reached. The other is of its path: who wrote by this path goes on
 * writing by it when the folder is moved away and another one is put there. The same path leads elsewhere in another mount
 * namespace, as in two containers that share a network.
 */
export function lockNames(path: string): string[] {
  const name = (text: string) => `sluice-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  if (process.platform === 'win32') return [`\\\\.\\pipe\\${name(path)}`];
  if (process.platform !== 'linux') return [join(tmpdir(), `${name(path)}.sock`)];
  return [`folder ${identityOf(path)}`, `path ${mountNamespace()} ${identityOf('/')} ${path}`].map(
    (text) => `\0${name(text)}`,
  );
}

const identityOf = (path: string): string => {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
};

function mountNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/mnt');
  } catch {
    return '';
  }
}

/** @throws FolderInUse, or the system's error */
export async function takeName(name: string, opening: Opening): Promise<Server> {
  for (const end = performance.now() + endingMs; ; await sleep(20)) {
    try {
      return await listen(name, textOf(opening));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw thrown;
      const { state, said } = await ask(name);
      if (state === 'alive' || performance.now() > end) throw new FolderInUse(ownerIn(said));
      // A file of a process that ended: nobody answers there.
      if (state === 'dead' && isFile(name)) unlinkSync(name);
    }
  }
}

const isFile = (name: string): boolean => !name.startsWith('\0') && process.platform !== 'win32';
