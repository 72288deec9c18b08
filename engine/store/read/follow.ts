import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { listDays, listSegments, type Segment } from '../segments.ts';
import { blocksBackwards, blocksForwards, linesOfBlock } from './blocks.ts';

interface FollowOptions {
  signal: AbortSignal;
  /** How often to look, in milliseconds; 200 if left out. */
  pollMs?: number;
}

/** How often days are looked at that are not the newest: clocks may be set back. */
const allDaysMs = 1000;

/** How far a day's segments have been read: those with smaller numbers are complete. */
interface Reached {
  number: number;
  at: number;
}

/**
 * The records that are added from now on, as they come: over segments and days, and after a clear. The writer may be another
 * process. Ends when the signal is aborted.
 */
export async function* followRecords(dir: string, { signal, pollMs = 200 }: FollowOptions): AsyncGenerator<string[]> {
  const reached = new Map<string, Reached>();
  for (const day of await listDays(dir)) {
    const last = (await listSegments(dir, day, 'records')).at(-1);
    if (last !== undefined) reached.set(day, { number: last.number, at: await lastLineEnd(last) });
  }
  let lookedAtAll = performance.now();
  let newest = [...reached.keys()].at(-1);
  while (!signal.aborted) {
    const days = await listDays(dir);
    // Before what a new day holds comes what was added to the one before.
    const isTime = performance.now() - lookedAtAll >= allDaysMs || days.at(-1) !== newest;
    if (isTime) lookedAtAll = performance.now();
    newest = days.at(-1);
    for (const day of isTime ? days : days.slice(-1)) {
      const segments = await listSegments(dir, day, 'records');
      // After everything was cleared, numbers may begin again.
      if ((segments.at(-1)?.number ?? Number.POSITIVE_INFINITY) < (reached.get(day)?.number ?? 0)) reached.delete(day);
      for (const segment of segments) {
        const before = reached.get(day);
        if (before !== undefined && segment.number < before.number) continue;
        // It has become shorter if it was emptied, or if a batch that did not fit was taken back.
        const at = before?.number === segment.number ? Math.min(before.at, segment.bytes) : 0;
        const now = { number: segment.number, at };
        reached.set(day, now);
        for await (const lines of added(segment, now)) {
          if (signal.aborted) return;
          yield lines;
        }
      }
    }
    await delay(pollMs, undefined, { signal }).catch(() => {});
  }
}

async function* added({ path, bytes }: Segment, reached: Reached): AsyncGenerator<string[]> {
  if (bytes <= reached.at) return;
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  try {
    if (handle === undefined) return;
    for await (const block of blocksForwards(handle, reached.at, bytes)) {
      reached.at = block.at + block.bytes.length;
      yield linesOfBlock(block);
    }
  } catch {
    // What cannot be read now is tried again.
  } finally {
    await handle?.close();
  }
}

/** Where the last whole line ends: one that is being written just now is still to come. */
async function lastLineEnd({ path, bytes }: Segment): Promise<number> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  try {
    if (handle === undefined) return 0;
    for await (const block of blocksBackwards(handle, 0, bytes)) return block.at + block.bytes.length;
    return 0;
  } catch {
    return bytes;
  } finally {
    await handle?.close();
  }
}
