import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { Level } from '../document/types.ts';
import { addCounts, type LevelCounts, noLines } from '../log/sinks/levels.ts';
import { listDays, listSegments, type SegmentKind, segmentKinds } from './segments.ts';
import { Appender } from './spool/appender.ts';
import { CapturePump } from './spool/capture-pump.ts';
import { cutTornLine } from './spool/open-segment.ts';
import { RecordPump } from './spool/record-pump.ts';
import { Retention } from './spool/retention.ts';
import { Trimming } from './spool/trimming.ts';
import { Trouble } from './spool/trouble.ts';

/** Something about the store that belongs into the logs: the caller makes a record of it. */
export interface StoreNotice {
  level: Level;
  /** `store.failed`, `store.recovered`, `store.replaced`, `store.trimmed`. */
  event: string;
  message: string;
}

export interface SpoolOptions {
  /** data/store; made if it is missing, for its owner only. */
  dir: string;
  /** Of the whole store: the oldest day goes first. */
  maxBytes: number;
  maxDays: number;
  /** Days but today go, oldest first, while the file system has less left. */
  minFreeBytes: number;
  report(notice: StoreNotice): void;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** A new segment begins after about so many bytes. */
  segmentBytes?: number;
}

export interface SpoolHealth {
  writable: boolean;
  /** Why it could not be written, the last time that happened. */
  lastError: string | null;
  /** Records that are not in the store, by level. */
  dropped: LevelCounts;
  droppedCaptures: number;
  /** Of the whole store. */
  bytes: number;
  days: number;
  /** Bytes that wait to be written. */
  backlog: number;
}

/** The store's only writer. No call throws, and none but the promises waits for the disk. */
export interface Spool {
  /** Takes whole lines of JSON, each with its end; `counts` says how many of each level. */
  records(lines: Buffer | string, counts: Readonly<LevelCounts>): void;
  /** Takes a captured run: a line with its head, one with the head of each run that it called, one with the list of spans. */
  capture(captured: Buffer): void;
  /** The settings have changed. */
  use(limits: { maxBytes: number; maxDays: number }): void;
  backlog(): number;
  health(): SpoolHealth;
  /** Removes the records of all days; captured runs stay. Throws the system's error when a file stays. */
  clear(): Promise<void>;
  /** Resolves when everything handed in can be read. */
  written(): Promise<void>;
  /** Resolves when everything handed in is on the disk. */
  flush(): Promise<void>;
  /** The same, and ends: what cannot be written within five seconds is dropped and counted. */
  close(): Promise<void>;
}

/** How often the files are looked at, in milliseconds. */
const lookMs = 1000;
const looksPerTidying = 60;
/** A store that is too large is looked through so often at most. */
const tidyMs = 1000;
const closeMs = 5000;
/** A store of a few megabytes has smaller segments, so that it can lose the oldest without losing most. */
const largestSegment = 64 * 1024 * 1024;
const smallestSegment = 1024 * 1024;
const segmentsPerStore = 16;

/** Opens the store. It does not fail when the folder cannot be used. */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { dir, maxBytes, maxDays, minFreeBytes, now = Date.now } = options;
  const report = (notice: StoreNotice) => {
    try {
      options.report(notice);
    } catch {
      // Writing goes on, whoever hears of it.
    }
  };
  const late = { records: noLines(), captures: 0 };
  let removedCaptures = 0;
  const droppedRecords = () => {
    const { dropped } = pumps.records;
    addCounts(dropped, late.records);
    return dropped;
  };
  const droppedCaptures = () => pumps.captures.dropped + late.captures + removedCaptures;
  const trouble = new Trouble(dir, () => ({ records: droppedRecords(), captures: droppedCaptures() }), report);
  const limits = { maxBytes, maxDays, minFreeBytes };
  const trimming = new Trimming(dir, limits, report);
  const retention = new Retention(dir, limits, now, (path) => all.some((one) => one.inUse === path), trimming);
  let tidiedAt = performance.now();
  const tidy = () => {
    tidiedAt = performance.now();
    return retention.tidy();
  };
  const segmentBytes = () =>
    options.segmentBytes ??
    Math.min(largestSegment, Math.max(smallestSegment, Math.floor(limits.maxBytes / segmentsPerStore)));

  const createAppender = (kind: SegmentKind) =>
    new Appender({
      dir,
      kind,
      segmentBytes,
      now,
      grew: (bytes) => {
        retention.bytes += bytes;
        if (retention.bytes > limits.maxBytes && performance.now() - tidiedAt > tidyMs) void tidy();
      },
      began: () => void tidy(),
      failed: (reason) => trouble.failed(kind, reason),
      works: () => trouble.works(kind),
      unsure: (reason) => {
        trouble.lastError = reason;
      },
      replaced: (how, lostLines) => {
        if (kind === 'captures') removedCaptures += lostLines;
        report({
          level: 'warning',
          event: 'store.replaced',
          message: `A file of ${kind} in ${dir} was ${how} by somebody else and has been made again. ${lostLines > 0 ? `What was written into it during the last second is lost: ${lostLines}. ` : ''}${kind === 'records' ? 'To remove records, clear the logs in the editor or with DELETE /api/logs.' : 'Captured runs go with their day, or sooner when store.maxDays or store.maxBytes is lowered.'}`,
        });
      },
    });
  const appenders = Object.fromEntries(segmentKinds.map((kind) => [kind, createAppender(kind)])) as Record<
    SegmentKind,
    Appender
  >;
  const all = Object.values(appenders);
  const pumps = {
    records: new RecordPump(appenders.records, now),
    captures: new CapturePump(appenders.captures, appenders.runs, now),
  };

  await mendNewest(dir);
  await appenders.records.open();
  await tidy();

  let looks = 0;
  const looking = setInterval(() => {
    for (const appender of all) void appender.check();
    if (++looks % looksPerTidying === 0) void tidy();
  }, lookMs);
  looking.unref();

  const backlog = () => pumps.records.backlog + pumps.captures.backlog;
  const written = async () => {
    await Promise.all([pumps.records.idle(), pumps.captures.idle()]);
  };
  const flush = async () => {
    await written();
    await Promise.all([appenders.records.sync(), pumps.captures.sync()]);
  };
  let closed: Promise<void> | null = null;
  const close = async () => {
    clearInterval(looking);
    // While records are still taken.
    trimming.close();
    const timer = setTimeout(() => {
      for (const appender of all) appender.giveUp();
    }, closeMs);
    await written();
    clearTimeout(timer);
    await Promise.all(all.map((appender) => appender.close()));
  };

  return {
    records(lines, counts) {
      if (lines.length === 0) return;
      if (closed !== null) addCounts(late.records, counts);
      else pumps.records.write(lines, counts);
    },
    capture(captured) {
      if (closed !== null) late.captures++;
      else pumps.captures.write(captured);
    },
    use(changed) {
      Object.assign(limits, changed);
      void tidy();
    },
    backlog,
    health: () => ({
      writable: trouble.isOver,
      lastError: trouble.lastError,
      dropped: droppedRecords(),
      droppedCaptures: droppedCaptures(),
      bytes: retention.bytes,
      days: retention.days,
      backlog: backlog(),
    }),
    clear: () => pumps.records.clear(() => retention.removeAll('records')),
    written,
    flush,
    close() {
      closed ??= close();
      return closed;
    },
  };
}

/** Cuts off half lines at the ends of the newest segments, if a process died while writing them. */
async function mendNewest(dir: string): Promise<void> {
  const day = (await listDays(dir)).at(-1);
  if (day === undefined) return;
  for (const kind of segmentKinds) {
    const last = (await listSegments(dir, day, kind)).at(-1);
    if (last === undefined) continue;
    try {
      const handle = await open(last.path, constants.O_RDWR | constants.O_NOFOLLOW);
      await cutTornLine(handle).finally(() => handle.close());
    } catch {
      // It is passed over by who reads.
    }
  }
}
