import { chmodSync, existsSync, lstatSync, readdirSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderInUse, type Opening, type Owner, ownerIn, ownerOf, textOf } from './folder-owner.ts';
import { ask, listen, stopListening } from './lock-socket.ts';

/** A folder that is held open, so that it is found wherever it is moved to. */
export interface HeldFolder {
  readonly path: string;
  readonly descriptor: number;
}

/** What says in the folder itself that it is ours, to everybody who reaches it by this kernel, from any namespace. */
export interface Claim {
  /** Puts it there again after somebody removed it. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

interface Posted {
  readonly name: string;
  readonly server: Server;
}

/** Milliseconds that others who start at the same time may take to make room. */
const patienceMs = 10_000;
/** Bytes of a socket's address: the system's 108 without the NUL. */
const longestAddress = 107;
const prefixOf = (id: string) => `.lock.${id}-`;
const socketName = /^\.lock\.[0-9a-f]{16}-\d+\.socket$/;
/** What lacks may be there in a moment, and is better named than passed over. */
const shortages = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOMEM']);

/**
 * Claims a folder by a socket in it. Each opening posts one of its own under a name that nobody else ever has, and only then
 * looks for others: of two, at least one sees the other, whatever the timing. Who sees nobody alive has the folder. Who sees
 * an owner gives way, and of those who start together the first by name stays. A socket without a process is dead for good,
 * so whoever finds it removes it.
 * null where there can be no sockets in a folder.
 * @throws FolderInUse, or the system's error
 */
export async function claimFolder(folder: HeldFolder, opening: Opening): Promise<Claim | null> {
  if (process.platform !== 'linux') return null;
  const at = placeOf(folder);
  let count = 0;
  const post = async (): Promise<Posted | null> => {
    const name = `${prefixOf(opening.id)}${++count}.socket`;
    const address = join(at, name);
    if (Buffer.byteLength(address) > longestAddress) return null;
    try {
      const server = await listen(address, textOf(opening));
      restrict(address);
      return { name, server };
    } catch (thrown) {
      if (shortages.has((thrown as NodeJS.ErrnoException).code ?? '')) throw named(thrown, folder.path);
      return null;
    }
  };

  let posted = await post();
  if (posted === null) return null;
  try {
    for (const end = performance.now() + patienceMs; ; await sleep(20)) {
      const names = readdirSync(at).filter((name) => socketName.test(name));
      const mine = posted.name;
      const others = await livingOf(
        names.filter((name) => name !== mine),
        folder,
      );
      const isLate = performance.now() > end;
      const owner = ownerOf(at)?.id;
      const stronger =
        others.find(({ name }) => owner !== undefined && name.startsWith(prefixOf(owner))) ??
        others.find(({ name }) => name < mine || isLate);
      if (stronger !== undefined && (stronger.state === 'alive' || isLate)) throw new FolderInUse(stronger.owner);
      if (names.includes(mine) && others.length === 0) break;
      if (names.includes(mine)) continue;
      // Between being there and being listened on it looks dead, and somebody removed it.
      await stopListening(posted.server);
      posted = isLate ? null : await post();
      if (posted === null) return null;
    }
  } catch (thrown) {
    if (posted !== null) await stopListening(posted.server);
    throw thrown;
  }

  let current: Posted = posted;
  return {
    async renew() {
      if (lstatSync(join(at, current.name), { throwIfNoEntry: false }) !== undefined) return;
      const again = await post();
      if (again === null) return;
      await stopListening(current.server);
      current = again;
    },
    release: () => stopListening(current.server),
  };
}

/**
 * Where the system finds a folder that is held open, also after it was moved, and in few bytes; its path where the system
 * does not tell.
 */
export function placeOf({ path, descriptor }: HeldFolder): string {
  const place = `/proc/self/fd/${descriptor}`;
  return existsSync(place) ? place : path;
}

interface Living {
  name: string;
  state: 'alive' | 'ending';
  owner: Owner | null;
}

/** Those of the sockets that somebody listens on, by name; removes the others. */
async function livingOf(names: readonly string[], folder: HeldFolder): Promise<Living[]> {
  const asked = names.toSorted().map(async (name): Promise<Living[]> => {
    const address = join(placeOf(folder), name);
    const { state, said } = await ask(address).catch((thrown: unknown) => {
      throw named(thrown, join(folder.path, name));
    });
    if (state !== 'dead') return [{ name, state, owner: ownerIn(said) }];
    remove(address);
    return [];
  });
  return (await Promise.all(asked)).flat();
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody was faster, or it may not be removed: it is dead all the same.
  }
}

function restrict(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // It was taken for dead and removed, which is found out in a moment.
  }
}

const named = (thrown: unknown, path: string): unknown => Object.assign(thrown as Error, { path });
