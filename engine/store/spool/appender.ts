import { lstat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Flusher } from '../../log/sinks/flusher.ts';
import { type SegmentKind, utcDay } from '../segments.ts';
import { type OpenSegment, openSegment } from './open-segment.ts';

/** What goes wrong with the disk or the process and passes: the same write is tried again. Anything else concerns the folder. */
const passing = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EBUSY']);
const retryMs = 200;
/** A clock that is set back further than this begins a new segment, so that the times within one rise. */
const setBackMs = 60_000;
/** What was written into a file after it was removed is written again, up to so many bytes. */
const longestRescue = 64 * 1024 * 1024;
const newline = 10;

export interface AppenderOptions {
  dir: string;
  kind: SegmentKind;
  segmentBytes(): number;
  now(): number;
  /** So many bytes were added to the store, or taken from it. */
  grew(bytes: number): void;
  /** Another segment has begun. */
  began(): void;
  /** Writing began to fail. */
  failed(reason: string): void;
  works(): void;
  /** What was written may not be on the disk. */
  unsure(reason: string): void;
  /** The segment was moved or removed by somebody else, and so many of its lines are in no file. */
  replaced(how: 'moved' | 'removed', lostLines: number): void;
}

/** Lines that are written together, into one file. */
export interface Batch {
  buffers: readonly Buffer[];
  bytes: number;
  lines: number;
  day: string;
  /** Whether it is not wanted any more. */
  isStale(): boolean;
}

/** Where a batch was written. */
export interface Written {
  /** Name of the segment. */
  file: string;
  /** Bytes from its beginning. */
  at: number;
}

/** Writes the segments of one kind: batches are tried again until they are there. */
export class Appender {
  private current: OpenSegment | null = null;
  /** No segment of that day with a smaller number is written any more. */
  private least = { day: '', number: 1 };
  /** The clock when something was last written; goes back with it. */
  private lastNow = Number.NEGATIVE_INFINITY;
  private isFailing = false;
  private lastKind: 'passing' | 'folder' = 'passing';
  private triedAt = Number.NEGATIVE_INFINITY;
  private hasGivenUp = false;
  /** A file that holds more than whole batches, and could not be cut. */
  private uncut: Pick<OpenSegment, 'dev' | 'ino' | 'size'> | null = null;
  /** Bytes of the current segment that were there when its name last led to it. */
  private safe = 0;
  /** Lines that were written since. */
  private unsafeLines = 0;
  private tail: Promise<unknown> = Promise.resolve();
  /** Segments that are done with and not on the disk yet. */
  private readonly leaving = new Set<Promise<void>>();
  private readonly flusher = new Flusher(async () => {
    await this.current?.handle.datasync().catch((thrown: Error) => this.options.unsure(thrown.message));
  });

  constructor(private readonly options: AppenderOptions) {}

  /** Path of the segment that is being written. */
  get inUse(): string | undefined {
    return this.current?.path;
  }

  /** Opens the first segment, so that it shows whether that is possible. */
  open(): Promise<void> {
    return this.inOrder(async () => {
      try {
        await this.segmentOf(utcDay(this.options.now()));
      } catch (thrown) {
        await this.fail(thrown);
      }
    });
  }

  /**
   * Writes a batch, whole and into one segment, as soon as that is possible. Answers how many of its bytes, up to the end of
   * a line, are in the store when it is not wanted any more before that.
   */
  async append(batch: Batch): Promise<Written | number> {
    const state: { segment: OpenSegment | null } = { segment: null };
    for (;;) {
      const result = await this.inOrder(async () => {
        if (batch.isStale() || (this.hasGivenUp && this.isFailing)) return await this.abandon(batch, state.segment);
        // While the folder cannot be used it is not asked for every batch.
        if (this.current === null && this.isFailing && performance.now() - this.triedAt < retryMs) return null;
        try {
          return await this.attempt(batch, state);
        } catch (thrown) {
          await this.fail(thrown);
          return null;
        }
      });
      if (result !== null) return result;
      await delay(retryMs);
    }
  }

  /** Resolves when everything written is on the disk, or the disk has failed. */
  async sync(): Promise<void> {
    await Promise.all([this.flusher.now(), ...this.leaving]);
  }

  /** Looks whether the segment is still where it belongs, and makes another if not; tries to open one if none is open. */
  check(): Promise<void> {
    return this.inOrder(async () => {
      try {
        const today = utcDay(this.options.now());
        if (this.current !== null) await this.verify(this.current, today);
        else if (this.isFailing && performance.now() - this.triedAt >= retryMs) await this.segmentOf(today);
      } catch (thrown) {
        await this.fail(thrown);
      }
    });
  }

  /** Does something while nothing is written and no segment is open. What is written next goes into a new one. */
  leaveFor(task: () => Promise<void>): Promise<void> {
    return this.inOrder(async () => {
      this.leave();
      await task();
    });
  }

  /** From now on nothing is waited for: what cannot be written is left. */
  giveUp(): void {
    this.hasGivenUp = true;
  }

  /** Closes the segment. */
  close(): Promise<void> {
    return this.inOrder(async () => {
      this.release();
      await Promise.all(this.leaving);
    });
  }

  private inOrder<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.tail.then(operation);
    this.tail = result.catch(() => {});
    return result;
  }

  private async attempt(
    { buffers, bytes, lines, day }: Batch,
    state: { segment: OpenSegment | null },
  ): Promise<Written> {
    const continued = state.segment !== null && state.segment === this.current;
    const segment = continued ? (state.segment as OpenSegment) : await this.segmentOf(day);
    state.segment = segment;
    while (segment.partial < bytes) {
      const { bytesWritten } = await segment.handle.writev(rest(buffers, segment.partial));
      segment.partial += bytesWritten;
      this.options.grew(bytesWritten);
      this.flusher.wrote();
    }
    const at = segment.size;
    segment.size += bytes;
    segment.partial = 0;
    this.unsafeLines += lines;
    this.lastNow = this.options.now();
    this.succeed();
    return { file: segment.name, at };
  }

  /** Leaves of a batch what is whole lines, and answers how much that is. */
  private async abandon({ buffers }: Batch, segment: OpenSegment | null): Promise<number> {
    if (segment === null || segment !== this.current) return 0;
    const whole = Buffer.concat(buffers).lastIndexOf(newline, segment.partial - 1) + 1;
    const kept = segment.partial === 0 ? 0 : whole;
    try {
      if (kept < segment.partial) await segment.handle.truncate(segment.size + kept);
      this.options.grew(kept - segment.partial);
    } catch {
      // Opened again, it is cut at the end of a line.
      this.release();
    }
    segment.size += kept;
    segment.partial = 0;
    return kept;
  }

  /** The segment to write into. Throws the system's error. */
  private async segmentOf(day: string): Promise<OpenSegment> {
    const { dir, kind, now, segmentBytes, began } = this.options;
    const time = now();
    if (this.current !== null) {
      const { size } = this.current;
      const isSetBack = time < this.lastNow - setBackMs;
      if (this.current.day === day && size < segmentBytes() && !isSetBack) return this.current;
      this.leave();
    }
    this.triedAt = performance.now();
    const least = this.least.day === day ? this.least.number : 1;
    const latest = Math.max(time, Date.now()) + setBackMs;
    const opened = await openSegment({ dir, kind, day, least, segmentBytes: segmentBytes(), latest });
    if (this.uncut?.ino === opened.ino && this.uncut.dev === opened.dev && this.uncut.size < opened.size) {
      await opened.handle.truncate(this.uncut.size).catch(async (thrown) => {
        await opened.handle.close();
        throw thrown;
      });
      opened.size = this.uncut.size;
    }
    this.uncut = null;
    this.current = opened;
    this.least = { day, number: opened.number };
    this.lastNow = time;
    this.safe = opened.size;
    this.unsafeLines = 0;
    // On a full disk a file can be made and not be written.
    if (this.lastKind === 'folder') this.succeed();
    began();
    return opened;
  }

  private leave(): void {
    if (this.current !== null) this.least = { day: this.current.day, number: this.current.number + 1 };
    this.release();
  }

  private release(): void {
    const { current } = this;
    if (current === null) return;
    this.current = null;
    // What comes next does not wait until the disk has taken this segment.
    const left = this.finish(current).finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }

  private async finish({ handle }: OpenSegment): Promise<void> {
    await handle.datasync().catch((thrown: Error) => this.options.unsure(thrown.message));
    await handle.close().catch(() => {});
  }

  private async fail(thrown: unknown): Promise<void> {
    const { code = '', message = String(thrown) } = thrown as NodeJS.ErrnoException;
    this.lastKind = passing.has(code) ? 'passing' : 'folder';
    const { current } = this;
    if (this.lastKind === 'folder' && current !== null) {
      // The batch will be written whole, here or elsewhere.
      await current.handle.truncate(current.size).catch(() => {
        this.uncut = current;
      });
      this.options.grew(-current.partial);
      if (code === 'EFBIG') this.leave();
      else this.release();
    }
    const begins = !this.isFailing;
    this.isFailing = true;
    if (begins) this.options.failed(message);
  }

  private succeed(): void {
    if (!this.isFailing) return;
    this.isFailing = false;
    this.options.works();
  }

  private async verify(current: OpenSegment, today: string): Promise<void> {
    const found = await lstat(current.path).catch(ifGone);
    const { nlink, size } = await current.handle.stat();
    const expected = current.size + current.partial;
    if (found?.ino === current.ino && found.dev === current.dev) {
      // Somebody wrote into it or cut it: nothing is where it is taken to be.
      if (size !== expected) return this.leave();
      this.safe = current.size;
      this.unsafeLines = 0;
      // Retention leaves alone what is open.
      if (current.day !== today && current.partial === 0) this.leave();
      return;
    }
    const whole = nlink === 0 && size === expected ? current.size : 0;
    const isRescued = whole > this.safe && whole - this.safe <= longestRescue && this.options.kind === 'records';
    const rescued = Buffer.alloc(isRescued ? whole - this.safe : 0);
    await current.handle.read(rescued, 0, rescued.length, this.safe);
    const { day } = current;
    const how = nlink === 0 ? 'removed' : 'moved';
    const lines = nlink === 0 ? this.unsafeLines : 0;
    this.release();
    let lost = lines;
    try {
      const next = await this.segmentOf(day);
      if (rescued.length > 0) {
        await this.addRescued(next, rescued);
        lost = 0;
      }
    } finally {
      this.options.replaced(how, lost);
    }
  }

  private async addRescued(segment: OpenSegment, lines: Buffer): Promise<void> {
    try {
      await segment.handle.appendFile(lines);
    } catch (thrown) {
      await segment.handle.truncate(segment.size).catch(() => {});
      throw thrown;
    }
    segment.size += lines.length;
    this.options.grew(lines.length);
    this.flusher.wrote();
  }
}

const ifGone = (thrown: NodeJS.ErrnoException): undefined => {
  if (thrown.code !== 'ENOENT' && thrown.code !== 'ENOTDIR') throw thrown;
};

/** What follows so many bytes. */
const rest = (buffers: readonly Buffer[], done: number): Buffer[] => {
  const left: Buffer[] = [];
  let skipped = 0;
  for (const buffer of buffers) {
    const end = skipped + buffer.length;
    if (end > done) left.push(skipped >= done ? buffer : buffer.subarray(done - skipped));
    skipped = end;
  }
  return left;
};
