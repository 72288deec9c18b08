import { statfs } from 'node:fs/promises';

/** The part of a small file system that is kept free at most. */
const largestPart = 1 / 10;

/** Bytes that are to stay free where a folder lies: what is asked for, but of a small file system not more than a tenth. */
export async function diskReserve(dir: string, minFree: number): Promise<number> {
  const system = await statfs(dir).catch(() => null);
  return system === null ? minFree : Math.min(minFree, Math.floor(system.blocks * system.bsize * largestPart));
}
