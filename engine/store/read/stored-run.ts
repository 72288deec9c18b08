import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunHead, SpanTree, StoredSpan } from '../run-head.ts';
import { parseSegmentName } from '../segments.ts';
import type { TimeRange } from './halving.ts';
import { Pace } from './pace.ts';
import { readJson } from './read-json.ts';
import { type CapturePlace, type IndexEntry, indexedRun, linesWith, usedRun } from './run-lines.ts';
import { treesOf, treesOfRun } from './span-trees.ts';
import { timeOfUlid } from './ulid-time.ts';
import { headOfUsage, type UsageRecord } from './usage-head.ts';
import { walkForwards } from './walk.ts';

export interface StoredRun {
  head: RunHead;
  /** Empty when the run was not captured, or its capture is gone. */
  spans: SpanTree[];
  /** The runs that it called, and those that they called. */
  runs: RunHead[];
}

interface Body {
  runs: RunHead[];
  spans: StoredSpan[];
}

/** The head of a run and its usage record are so far apart in time at most. */
const apartMs = 15_000;
/** A body is read into memory whole. */
const longestBody = 512 * 1024 * 1024;

/** One run with what was captured of it, or null when it is not there. */
export async function readRun(dir: string, id: string): Promise<StoredRun | null> {
  const begin = timeOfUlid(id);
  if (begin === undefined) return null;
  const found = await findEntry(dir, id, begin);
  if (found === undefined) {
    const usage = await findUsage(dir, id, { from: begin });
    return usage === undefined ? null : { head: headOfUsage(usage), spans: [], runs: [] };
  }
  const { body, head } = found;
  const end = Date.parse(head.begin) + (head.ms ?? 0);
  const mayBeUsed = head.type === 'http' && head.trigger === 'request' && head.parent === null;
  const usage =
    head.status === null && mayBeUsed ? await findUsage(dir, id, { from: begin, to: end + apartMs }) : undefined;
  const trees = treesOf(body?.spans ?? []);
  const isWhole = found.capture.in === id;
  return {
    head: { ...head, status: head.status ?? usage?.status ?? null },
    spans: isWhole ? trees : treesOfRun(trees, id),
    runs: isWhole ? (body?.runs ?? []) : runsBelow(body?.runs ?? [], id),
  };
}

/** The index line of a run; of several the one whose body is there. */
async function findEntry(dir: string, id: string, begin: number): Promise<(IndexEntry & { body?: Body }) | undefined> {
  let found: IndexEntry | undefined;
  const pace = new Pace(Number.POSITIVE_INFINITY);
  for await (const { bytes, day } of walkForwards(dir, 'runs', { from: begin })) {
    for (const line of linesWith(bytes, `{"head":{"id":"${id}"`)) {
      if (indexedRun(line) !== id) continue;
      const entry = readJson<IndexEntry>(line);
      if (entry?.capture === undefined) continue;
      found ??= entry;
      const body = await readBody(dir, day, entry.capture);
      if (body !== undefined) return { ...entry, body };
    }
    await pace.breathe();
  }
  return found;
}

/** The usage record of a run. */
async function findUsage(dir: string, id: string, range: TimeRange): Promise<UsageRecord | undefined> {
  const pace = new Pace(Number.POSITIVE_INFINITY);
  for await (const { bytes } of walkForwards(dir, 'records', range)) {
    for (const line of linesWith(bytes, `"run":"${id}"`)) {
      const record = usedRun(line) === id ? readJson<UsageRecord>(line) : undefined;
      if (record !== undefined) return record;
    }
    await pace.breathe();
  }
  return undefined;
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
