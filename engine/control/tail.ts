import type { LevelCounts } from '../log/sinks/levels.ts';

/** Bytes of records that are kept for those who follow them, or come back to. */
const ringBytes = 4 * 1024 * 1024;
/** Bytes of lines that are looked at in one go. */
const pieceBytes = 16 * 1024;
/** Bytes of a line that nobody who follows is shown. */
const longestLine = 512 * 1024;
/** Lines a second that one who follows is sent; beyond that he falls behind, and then misses some. */
const linesPerSecond = 5000;
/** Milliseconds of work before other things get their turn, and how long they have it. */
const sliceMs = 4;
const restMs = 12;

const newline = 10;

/** Somebody who follows the records. */
export interface Follower {
  fits(line: string): boolean;
  /** Takes lines that fit, oldest first. False holds what follows back until the subscription is resumed. */
  records(lines: string[]): boolean;
  /** Hears that records were passed over before the next ones; how many of them would have fitted nobody knows. */
  gap(count: number): void;
}

export interface Subscription {
  /** Goes on after `records` said false. */
  resume(): void;
  end(): void;
}

/** A place between two lines. */
export interface TailPosition {
  /** Number of the batch, counted from the first one ever. */
  readonly batch: number;
  /** Bytes of it that are before the place. */
  readonly offset: number;
  /** Lines that were ever taken and are before the place. */
  readonly lines: number;
}

interface Batch {
  readonly bytes: Buffer;
  /** Lines that were taken before it. */
  readonly before: number;
}

interface Following {
  readonly follower: Follower;
  at: TailPosition;
  isHeld: boolean;
  /** Lines that he may be sent now, and when that was reckoned. */
  allowance: number;
  reckoned: number;
}

/**
 * The newest records, and those to come, for whoever follows them. What comes in is kept as it is, in a ring; each follower
 * reads it at his own pace, a slice of time after the other, and one who falls behind the ring misses records and is told.
 */
export class Tail {
  private ring: Batch[] = [];
  /** Number of the first batch in the ring. */
  private first = 0;
  private bytes = 0;
  private lines = 0;
  private readonly followings = new Set<Following>();
  private timer: NodeJS.Timeout | null = null;
  /** The piece that was decoded last: most followers are at the same place. */
  private piece: Piece | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whole lines of JSON, each with its end, and how many of them there are. Keeps the bytes: they must not change. */
  take(bytes: Buffer, counts: Readonly<LevelCounts>): void {
    if (bytes.length === 0) return;
    this.ring.push({ bytes, before: this.lines });
    this.lines += counts.debug + counts.info + counts.warning + counts.error;
    this.bytes += bytes.length;
    if (this.bytes > ringBytes) this.shorten();
    if (this.followings.size > 0) this.wake(0);
  }

  /** Forgets what it holds, as after a clear; followers go on with what comes. */
  clear(): void {
    this.first += this.ring.length;
    this.ring = [];
    this.bytes = 0;
    this.piece = null;
    for (const following of this.followings) following.at = this.end;
  }

  /** How many follow. */
  get followers(): number {
    return this.followings.size;
  }

  /** The place after everything that was taken. */
  get end(): TailPosition {
    return { batch: this.first + this.ring.length, offset: 0, lines: this.lines };
  }

  /** The place before everything that is still held; nothing was ever before it when its `lines` is 0. */
  get begin(): TailPosition {
    return { batch: this.first, offset: 0, lines: this.ring[0]?.before ?? this.lines };
  }

  /** The place right after a record; null when it is not held, or not any more. */
  after(id: string): TailPosition | null {
    const wanted = Buffer.from(`{"id":${JSON.stringify(id)},`);
    for (let index = this.ring.length - 1; index >= 0; index--) {
      const { bytes, before } = this.ring[index] as Batch;
      const start = lineBeginningWith(bytes, wanted);
      if (start < 0) continue;
      const end = bytes.indexOf(newline, start);
      const offset = end < 0 ? bytes.length : end + 1;
      return { batch: this.first + index, offset, lines: before + linesIn(bytes, offset) };
    }
    return null;
  }

  /** Sends what follows a place, by default what comes from now on. Nothing is sent before this returns. */
  subscribe(follower: Follower, at: TailPosition = this.end): Subscription {
    const following = { follower, at, isHeld: false, allowance: linesPerSecond, reckoned: this.now() };
    this.followings.add(following);
    this.wake(0);
    return {
      resume: () => {
        following.isHeld = false;
        this.wake(0);
      },
      end: () => void this.followings.delete(following),
    };
  }

  /** Drops the oldest batches, many at a time: moving an array is not free. */
  private shorten(): void {
    let count = 0;
    while (this.bytes > ringBytes * 0.75 && count < this.ring.length) {
      this.bytes -= (this.ring[count] as Batch).bytes.length;
      count++;
    }
    this.ring = this.ring.slice(count);
    this.first += count;
  }

  private wake(ms: number): void {
    if (this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.serve();
    }, ms);
    this.timer.unref();
  }

  /** Serves who is furthest behind, until all have everything or the time is up. */
  private serve(): void {
    const begun = this.now();
    for (;;) {
      const { next, waits } = this.nextToServe();
      if (next === null) {
        if (waits) this.wake(restMs);
        return;
      }
      if (this.now() - begun > sliceMs) {
        this.wake(restMs);
        return;
      }
      this.serveOne(next);
    }
  }

  private nextToServe(): { next: Following | null; waits: boolean } {
    const head = this.first + this.ring.length;
    let next: Following | null = null;
    let waits = false;
    for (const following of this.followings) {
      if (following.isHeld || following.at.batch >= head) continue;
      if (this.allowanceOf(following) < 1) waits = true;
      else if (next === null || isBefore(following.at, next.at)) next = following;
    }
    return { next, waits };
  }

  private allowanceOf(following: Following): number {
    const now = this.now();
    const earned = ((now - following.reckoned) / 1000) * linesPerSecond;
    following.allowance = Math.min(linesPerSecond, following.allowance + earned);
    following.reckoned = now;
    return following.allowance;
  }

  private serveOne(following: Following): void {
    const { follower } = following;
    let missed = 0;
    if (following.at.batch < this.first) {
      const { begin } = this;
      missed = Math.max(1, begin.lines - following.at.lines);
      following.at = begin;
    }
    const piece = this.pieceAt(following.at);
    following.at = piece.end;
    try {
      if (missed > 0) follower.gap(missed);
      const fitting = piece.lines.filter((line) => follower.fits(line));
      following.allowance -= fitting.length;
      if (fitting.length > 0 && !follower.records(fitting)) following.isHeld = true;
      if (piece.leftOut > 0) follower.gap(piece.leftOut);
    } catch {
      // One who fails must not keep the others from theirs.
      this.followings.delete(following);
    }
  }

  private pieceAt(at: TailPosition): Piece {
    const known = this.piece;
    if (known?.begin.batch === at.batch && known.begin.offset === at.offset) return known;
    const { bytes } = this.ring[at.batch - this.first] as Batch;
    // Whole lines that fit a piece, or one longer line.
    const last = bytes.lastIndexOf(newline, at.offset + pieceBytes - 1);
    const near = last >= at.offset ? last : bytes.indexOf(newline, at.offset);
    const end = near < 0 ? bytes.length : near + 1;
    const isTooLong = end - at.offset > longestLine;
    const text = isTooLong ? '' : bytes.toString('utf8', at.offset, end);
    const lines = text.split('\n').filter((line) => line !== '');
    const leftOut = isTooLong ? 1 : 0;
    const isWhole = end === bytes.length;
    this.piece = {
      begin: at,
      end: {
        batch: isWhole ? at.batch + 1 : at.batch,
        offset: isWhole ? 0 : end,
        lines: at.lines + lines.length + leftOut,
      },
      lines,
      leftOut,
    };
    return this.piece;
  }
}

interface Piece {
  readonly begin: TailPosition;
  readonly end: TailPosition;
  readonly lines: string[];
  /** Lines of it that are too long for anybody. */
  readonly leftOut: number;
}

const isBefore = (a: TailPosition, b: TailPosition): boolean =>
  a.batch < b.batch || (a.batch === b.batch && a.offset < b.offset);

/** Where a line begins with these bytes; -1 if none does. Data inside a line may hold them too. */
function lineBeginningWith(bytes: Buffer, wanted: Buffer): number {
  let at = bytes.indexOf(wanted);
  while (at > 0 && bytes[at - 1] !== newline) at = bytes.indexOf(wanted, at + 1);
  return at;
}

/** How many lines end before a position. */
function linesIn(bytes: Buffer, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0 && at < end; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}
