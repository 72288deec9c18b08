import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunHead, SpanTree, StoredSpan } from '../run-head.ts';
import { parseSegmentName } from '../segments.ts';
import { around, calledRuns } from './called-runs.ts';
import { Pace } from './pace.ts';
import { readJson } from './read-json.ts';
import { recordedRun, usageOf } from './recorded-run.ts';
import { type CapturePlace, type IndexEntry, indexedRun, linesWith } from './run-lines.ts';
import { treesOf, treesOfRun } from './span-trees.ts';
import { timeOfUlid } from './ulid-time.ts';
import { walkForwards } from './walk.ts';

export interface StoredRun {
  head: RunHead;
  /** Empty when the run was not captured, or its capture is gone. */
  spans: SpanTree[];
  /** The runs that it called, and those that they called; of a run that was not captured whole, those that left a record. */
  runs: RunHead[];
  /** false when there may be records of runs that it called which were not looked at. */
  isWhole: boolean;
}

interface Body {
  runs: RunHead[];
  spans: StoredSpan[];
}

/** The end of a run and its usage record are so far apart in time at most. */
const apartMs = 15_000;
/** Milliseconds after which a run that has not been found is not there: what there is lies near its begin. */
const lookMs = 3_000;
/** A body is read into memory whole. */
const longestBody = 512 * 1024 * 1024;

/** One run with what was captured of it, or null when it is not there. */
export async function readRun(dir: string, id: string, signal?: AbortSignal): Promise<StoredRun | null> {
  const begin = timeOfUlid(id);
  if (begin === undefined) return null;
  const found = await findEntry(dir, id, begin, signal);
  if (found === undefined) {
    const head = await recordedRun(dir, id, begin, signal);
    return head && { head, spans: [], ...(await calledRuns(dir, head, signal)) };
  }
  const { body, head } = found;
  const { from, to } = around(head);
  const mayBeUsed = head.type === 'http' && head.trigger === 'request' && head.parent === null;
  const usage =
    head.status === null && mayBeUsed ? await usageOf(dir, id, { from, to: to + apartMs }, signal) : undefined;
  const trees = treesOf(body?.spans ?? []);
  const isRoot = found.capture.in === id;
  const called = isRoot ? (body?.runs ?? []) : runsBelow(body?.runs ?? [], id);
  const isCapturedWhole = body !== undefined && head.capture?.partial === false && head.capture.leftOut === 0;
  const others = isCapturedWhole ? { runs: [], isWhole: true } : await calledRuns(dir, head, signal);
  const known = new Set(called.map((run) => run.id));
  return {
    head: { ...head, status: head.status ?? usage?.status ?? null },
    spans: isRoot ? trees : treesOfRun(trees, id),
    runs: [...called, ...others.runs.filter((run) => !known.has(run.id))],
    isWhole: others.isWhole,
  };
}

/** The index line of a run; of several the one whose body is there. */
async function findEntry(
  dir: string,
  id: string,
  begin: number,
  signal?: AbortSignal,
): Promise<(IndexEntry & { body?: Body }) | undefined> {
  let found: IndexEntry | undefined;
  const pace = new Pace(lookMs, signal);
  for await (const { bytes, day } of walkForwards(dir, 'runs', { from: begin })) {
    for (const line of linesWith(bytes, `{"head":{"id":"${id}"`)) {
      if (indexedRun(line) !== id) continue;
      const entry = readJson<IndexEntry>(line);
      if (typeof entry?.capture !== 'object' || entry.capture === null || typeof entry.head?.node !== 'string')
        continue;
      found ??= entry;
      const body = await readBody(dir, day, entry.capture);
      if (body !== undefined) return { ...entry, body };
    }
    if (pace.isOver) break;
    await pace.breathe();
  }
  return found;
}

async function readBody(
  dir: string,
  day: string,
  { file, at, bytes, in: root }: CapturePlace,
): Promise<Body | undefined> {
  if (typeof file !== 'string' || parseSegmentName(file)?.kind !== 'captures') return undefined;
  if (!(at >= 0 && bytes > 0 && bytes <= longestBody)) return undefined;
  try {
    const handle = await open(join(dir, day, file), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      if (at + bytes > (await handle.stat()).size) return undefined;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, at);
      const body = readJson<Body & { id: string }>(buffer.toString('utf8', 0, bytesRead));
      if (body?.id !== root || !Array.isArray(body.spans) || !Array.isArray(body.runs)) return undefined;
      return body.spans.every((span) => typeof span === 'object' && span !== null) ? body : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** The runs that one called, and those that they called, in their order. */
function runsBelow(runs: readonly RunHead[], id: string): RunHead[] {
  const below = new Set([id]);
  for (let size = 0; size < below.size; ) {
    size = below.size;
    for (const { parent, id } of runs) if (parent !== null && below.has(parent)) below.add(id);
  }
  return runs.filter((run) => run.id !== id && below.has(run.id));
}
