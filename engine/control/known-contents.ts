import { createHash } from 'node:crypto';
import { dirname } from 'node:path';

/**
 * What this process last read or wrote in the project's files, by path, as digests. Whoever watches the files tells the
 * changes of others from our own by it.
 */
const digests = new Map<string, string>();

export const digestOf = (content: Uint8Array | string): string => createHash('sha1').update(content).digest('base64');

/** The digest of what a file is known to hold; undefined when none is known to be there. */
export const knownDigest = (path: string): string | undefined => digests.get(path);

/** Notes what a file holds, or that it is not there. Gives what was noted before. */
export function noteDigest(path: string, digest: string | undefined): string | undefined {
  const before = digests.get(path);
  if (digest === undefined) digests.delete(path);
  else digests.set(path, digest);
  return before;
}

/** Paths of the files that are known to be in a folder. */
export const knownIn = (folder: string): string[] => [...digests.keys()].filter((path) => dirname(path) === folder);
