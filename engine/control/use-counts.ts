import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseJsonBytes } from '../document/json-text.ts';
import { isObject } from '../document/shape.ts';
import type { SwitchKind } from '../log/policy.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { readBytes } from './document-file.ts';

const file = '.switch-uses.json';

/** Runs that a switch has written, and how to find it: its node, its kind, and the hash of what it says. */
export interface UseCount {
  address: string;
  kind: SwitchKind;
  hash: string;
  used: number;
}

/** The key of the switch; see switchKey of log/policy.ts. */
export const keyOf = ({ address, kind, hash }: UseCount): string => `${address} ${kind} ${hash}`;

/**
 * The counts that were stored. A file that is missing or damaged says nothing, and a count that is none is left out: the
 * switch then counts from the start, which nobody has to repair.
 */
export function readUseCounts(dataDir: string): UseCount[] {
  const path = join(dataDir, file);
  if (!existsSync(path)) return [];
  const { bytes } = readBytes(path);
  const data = bytes === undefined ? undefined : parseJsonBytes(bytes).value;
  const counts: UseCount[] = [];
  if (!isObject(data)) return counts;
  for (const [address, kinds] of Object.entries(data)) {
    if (!isObject(kinds)) continue;
    for (const kind of ['log', 'capture'] as const) {
      const hashes = kinds[kind];
      if (!isObject(hashes)) continue;
      for (const [hash, used] of Object.entries(hashes)) {
        if (typeof used === 'number' && Number.isSafeInteger(used) && used > 0)
          counts.push({ address, kind, hash, used });
      }
    }
  }
  return counts;
}

/**
 * Stores the counts; on disk when it resolves.
 * @throws FileFailure
 */
export function saveUseCounts(dataDir: string, counts: Iterable<UseCount>): Promise<void> {
  const data: { [address: string]: { [kind: string]: { [hash: string]: number } } } = {};
  for (const { address, kind, hash, used } of counts) {
    data[address] ??= {};
    const kinds = data[address];
    kinds[kind] ??= {};
    kinds[kind][hash] = used;
  }
  return writeFileAtomically(join(dataDir, file), `${JSON.stringify(data, null, 2)}\n`);
}
