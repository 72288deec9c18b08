import { chmodSync, existsSync, linkSync, lstatSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:net';
import { basename, join } from 'node:path';
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

/** A socket of ours in the folder. */
interface Post {
  readonly name: string;
  readonly server: Server;
}

/** Milliseconds that others who start at the same time may take to make room. */
const patienceMs = 10_000;
/** Of posting one socket. */
const mostTries = 50;
/** Bytes of a socket's address: the system's 108 without the NUL. */
const longestAddress = 107;
const prefixOf = (id: string) => `.lock.${id}-`;
const socketName = /^\.lock\.[0-9a-f]{16}-\d+\.socket$/;
const freshName = /^\.lock\.[0-9a-f]{16}-\d+\.socket\.fresh$/;
/** What lacks may be there in a moment, and is better named than passed over. */
const shortages = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOMEM']);

/**
 * Claims a folder by a socket in it. Whoever wants it posts a socket under a name that nobody else ever has, and only then
 * looks for others: of two, at least one sees the other, whatever the timing. Who sees nobody alive has the folder. Who sees
 * its owner is refused, and of those who want it together the first by name stays while the others withdraw and wait. A
 * posted socket without a process is dead for good, so whoever finds it removes it.
 * null where there can be no sockets in a folder.
 * @throws FolderInUse, or the system's error
 */
export async function claimFolder(folder: HeldFolder, opening: Opening): Promise<Claim | null> {
  if (process.platform !== 'linux') return null;
  const post = poster(folder, opening);
  let posted: Post | null = null;
  try {
    for (const end = performance.now() + patienceMs; ; ) {
      const { others, isSeen } = await look(folder, posted);
      if (others.length === 0 && isSeen) break;
      const isLate = performance.now() > end;
      refuse(others, folder, isLate);
      const name = posted?.name ?? '';
      // Unseen: somebody removed it.
      if (posted !== null && (!isSeen || others.some((other) => other.name < name))) {
        await takeDown(posted, folder);
        posted = null;
      }
      if (others.length > 0) await sleep(20);
      else if (posted === null) {
        // What is never seen where it was posted is of no use.
        posted = isLate ? null : await post();
        if (posted === null) return null;
      }
    }
    const place = placeOf(folder);
    for (const name of readdirSync(place)) if (freshName.test(name)) remove(join(place, name));
  } catch (thrown) {
    if (posted !== null) await takeDown(posted, folder);
    throw thrown;
  }
  return claimOf(posted, folder, post);
}

function claimOf(posted: Post | null, folder: HeldFolder, post: () => Promise<Post | null>): Claim {
  let current = posted;
  const withdraw = async () => {
    if (current !== null) await takeDown(current, folder);
  };
  return {
    async renew() {
      const name = current?.name ?? '';
      if (lstatSync(join(placeOf(folder), name), { throwIfNoEntry: false }) !== undefined) return;
      const again = await post();
      if (again === null) return;
      await withdraw();
      current = again;
    },
    release: withdraw,
  };
}

/**
 * Posts a socket under the next name; null where that is not possible. It gets its name when it is listened on already:
 * whoever finds nobody there may be sure that there never will be.
 */
function poster(folder: HeldFolder, opening: Opening): () => Promise<Post | null> {
  let count = 0;
  return async () => {
    for (let tries = 0; tries < mostTries; tries++) {
      const path = join(placeOf(folder), `${prefixOf(opening.id)}${++count}.socket`);
      const fresh = `${path}.fresh`;
      if (Buffer.byteLength(fresh) > longestAddress) return null;
      let server: Server | undefined;
      try {
        server = await listen(fresh, textOf(opening));
        chmodSync(fresh, 0o600);
        giveName(fresh, path);
        return { name: basename(path), server };
      } catch (thrown) {
        if (server !== undefined) await stopListening(server);
        const { code = '' } = thrown as NodeJS.ErrnoException;
        if (shortages.has(code)) throw named(thrown, folder.path);
        // Who has got the folder removed what looks as if a crash had left it.
        if (server === undefined || code !== 'ENOENT') return null;
      }
    }
    return null;
  };
}

/** A second name, unlike a rename, can replace nothing; not every file system has them. */
function giveName(fresh: string, path: string): void {
  try {
    linkSync(fresh, path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') throw thrown;
    renameSync(fresh, path);
  }
  remove(fresh);
}

async function takeDown(post: Post, folder: HeldFolder): Promise<void> {
  remove(join(placeOf(folder), post.name));
  await stopListening(post.server);
}

interface Other {
  name: string;
  state: 'alive' | 'ending';
  owner: Owner | null;
}

/** Who else wants or has the folder, by name, and whether what we posted is seen there. Removes what is dead. */
async function look(folder: HeldFolder, posted: Post | null): Promise<{ others: Other[]; isSeen: boolean }> {
  const place = placeOf(folder);
  const names = readdirSync(place).filter((name) => socketName.test(name));
  const asked = names
    .filter((name) => name !== posted?.name)
    .toSorted()
    .map(async (name): Promise<Other[]> => {
      const { state, said } = await ask(join(place, name)).catch((thrown: unknown) => {
        throw named(thrown, join(folder.path, name));
      });
      if (state !== 'dead') return [{ name, state, owner: ownerIn(said) }];
      remove(join(place, name));
      return [];
    });
  return { others: (await Promise.all(asked)).flat(), isSeen: posted !== null && names.includes(posted.name) };
}

/** @throws FolderInUse when one of them has the folder, or takes too long to have it or leave it */
function refuse(others: readonly Other[], folder: HeldFolder, isLate: boolean): void {
  const id = ownerOf(placeOf(folder))?.id;
  const owner = others.find(
    ({ name, state }) => state === 'alive' && id !== undefined && name.startsWith(prefixOf(id)),
  );
  const inUse = owner ?? (isLate ? others[0] : undefined);
  if (inUse !== undefined) throw new FolderInUse(inUse.owner);
}

/**
 * Where the system finds a folder that is held open, also after it was moved, and in few bytes; its path where the system
 * does not tell.
 */
export function placeOf({ path, descriptor }: HeldFolder): string {
  const place = `/proc/self/fd/${descriptor}`;
  return existsSync(place) ? place : path;
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody was faster, or it may not be removed: it is dead all the same.
  }
}

const named = (thrown: unknown, path: string): unknown => Object.assign(thrown as Error, { path });
