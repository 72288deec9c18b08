import { rmdir, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { dayBegin, dayMs, listDays, listSegments, type Segment, type SegmentKind, utcDay } from '../segments.ts';
import type { Trimming, TrimReason } from './trimming.ts';

export interface Limits {
  /** Of the whole store. */
  maxBytes: number;
  maxDays: number;
  /** What the file system shall have left. */
  minFreeBytes: number;
}

interface Day {
  day: string;
  segments: Segment[];
}

/** Removes the oldest of what is too old, too much, or takes the room of others. */
export class Retention {
  /** Of the whole store. */
  bytes = 0;
  days = 0;
  private running: Promise<void> | null = null;
  private isWanted = false;

  constructor(
    private readonly dir: string,
    readonly limits: Limits,
    private readonly now: () => number,
    private readonly isInUse: (path: string) => boolean,
    private readonly trimming: Trimming,
  ) {}

  /** Resolves when the store is within its limits, as far as files can be removed. Does not fail. */
  tidy(): Promise<void> {
    this.isWanted = true;
    this.running ??= this.work().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Removes the segments of one kind. Throws the system's error when one stays. */
  async removeAll(kind: SegmentKind): Promise<void> {
    let failure: unknown;
    for (const day of await listDays(this.dir)) {
      for (const segment of await listSegments(this.dir, day, kind)) {
        await this.remove(segment).catch((thrown: unknown) => {
          failure = thrown;
        });
      }
      if (day !== utcDay(this.now())) await rmdir(join(this.dir, day)).catch(() => {});
    }
    if (failure !== undefined) throw failure;
  }

  private async work(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      await this.once().catch(() => {});
    }
    this.trimming.done();
  }

  private async once(): Promise<void> {
    const days: Day[] = [];
    for (const day of await listDays(this.dir)) days.push({ day, segments: await listSegments(this.dir, day) });
    this.bytes = days.reduce((sum, { segments }) => sum + bytesOf(segments), 0);
    const time = this.now();
    const old = days.filter(
      ({ day, segments }) => day < utcDay(time) && !segments.some((one) => this.isInUse(one.path)),
    );
    const left = days.filter((day) => !old.includes(day));
    const removeOldest = async (why?: TrimReason): Promise<boolean> => {
      const day = old.shift();
      if (day !== undefined) await this.removeDay(day, why);
      return day !== undefined;
    };
    // A day is as old as the youngest that it may hold.
    while (old[0] !== undefined && time - (dayBegin(old[0].day) + dayMs) > this.limits.maxDays * dayMs)
      await removeOldest();
    while (this.bytes > this.limits.maxBytes && old.length > 1 && (await removeOldest('size')));
    // Of the last days segment by segment, so that as much of what is newest stays as there is room for.
    const rest = [...old, ...left].flatMap(({ segments }) => segments).filter(({ path }) => !this.isInUse(path));
    for (const segment of rest.sort(byAge)) {
      if (this.bytes <= this.limits.maxBytes) break;
      await this.remove(segment, 'size').catch(() => {});
      if (segment.day < utcDay(time)) await rmdir(join(this.dir, segment.day)).catch(() => {});
    }
    while ((await this.isShortOfRoom()) && (await removeOldest('room')));
    this.days = (await listDays(this.dir)).length;
  }

  private async isShortOfRoom(): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.dir);
    return bavail * bsize < this.limits.minFreeBytes;
  }

  /** Removes our files, and the folder if nothing else is in it. */
  private async removeDay({ day, segments }: Day, why?: TrimReason): Promise<void> {
    for (const segment of segments) await this.remove(segment, why).catch(() => {});
    await rmdir(join(this.dir, day)).catch(() => {});
  }

  /** @param why when it is not for its age */
  private async remove({ day, path, bytes }: Segment, why?: TrimReason): Promise<void> {
    await unlink(path);
    this.bytes -= bytes;
    if (why !== undefined) this.trimming.removed(day, bytes, why);
  }
}

const bytesOf = (segments: readonly Segment[]): number => segments.reduce((sum, { bytes }) => sum + bytes, 0);

/** The oldest first, whatever its kind: captures that belong to the newest records stay with them. */
const byAge = (a: Segment, b: Segment): number =>
  a.modified - b.modified || a.number - b.number || (a.name < b.name ? -1 : 1);
