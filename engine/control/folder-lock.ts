import { closeSync, fstatSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { claimFolder, type HeldFolder, placeOf } from './folder-claim.ts';
import {
  describe,
  FolderInUse,
  isOwnerWritten,
  type Opening,
  ownerOf,
  removeOwner,
  writeOwner,
} from './folder-owner.ts';
import { lockNames, takeName } from './lock-name.ts';
import { stopListening } from './lock-socket.ts';

/** A folder that no other process of this machine has, until it is released or the process ends, however it ends. */
export interface FolderLock {
  /** Mends what was removed of the lock. Resolves with what keeps the folder from being ours alone, if anything does. */
  check(): Promise<string | null>;
  release(): Promise<void>;
}

/**
 * Locks a folder that exists. Names decide within a network namespace; a socket in the folder decides between those who share
 * the folder and nothing else, such as two containers.
 * @throws FolderInUse, or the system's error
 */
export async function lockFolder(path: string, opening: Opening): Promise<FolderLock> {
  const folder: HeldFolder = { path, descriptor: openSync(path, 'r') };
  const releases: (() => Promise<void>)[] = [];
  const release = async () => {
    for (const step of releases.splice(0).reverse()) await step();
    closeSync(folder.descriptor);
  };
  try {
    for (const name of lockNames(path)) {
      const server = await takeName(name, opening);
      releases.push(() => stopListening(server));
    }
    const claim = await claimFolder(folder, opening);
    if (claim !== null) releases.push(() => claim.release());
    return {
      async check() {
        if (!(await isWhereItWas(folder))) return movedAway(path);
        await claim?.renew();
        return whoElse(folder, opening);
      },
      async release() {
        removeOwner(placeOf(folder), opening);
        await release();
      },
    };
  } catch (thrown) {
    await release();
    // Who does not say who it is may have written it down.
    throw thrown instanceof FolderInUse && thrown.owner === null ? new FolderInUse(ownerOf(path)) : thrown;
  }
}

/** Writes down again who has the folder, unless somebody else did. */
function whoElse(folder: HeldFolder, opening: Opening): string | null {
  const place = placeOf(folder);
  const written = ownerOf(place);
  if (written !== null && written.id !== opening.id)
    return `Another Sluice${describe(written)} has taken the data folder ${folder.path} while this one runs: each may overwrite or remove what the other saves. Stop one of them.`;
  if (!isOwnerWritten(place)) writeOwner(place, opening);
  return null;
}

const movedAway = (path: string): string =>
  `The data folder ${path} was moved, removed or covered by another one while Sluice runs: what is saved from now on may not be found again. Put it back, or restart Sluice.`;

/** Whether its path still leads to the folder; also when the system does not tell. */
async function isWhereItWas({ path, descriptor }: HeldFolder): Promise<boolean> {
  try {
    const there = await stat(path, { bigint: true });
    const held = fstatSync(descriptor, { bigint: true });
    return there.dev === held.dev && there.ino === held.ino;
  } catch (thrown) {
    return !['ENOENT', 'ENOTDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '');
  }
}
