import type { RunFailure } from './failure.ts';
import type { Run } from './run.ts';
import { summarize } from './summary.ts';
import { weigh } from './weigh.ts';

/** Whether a span is to be stored, whatever the run's capture says: itself, or with everything that is part of it. */
export type Keep = 'no' | 'itself' | 'all';

/** One node's part of a run. Values are references: data is never changed in place. */
export class Span {
  /** Milliseconds; below 0 while it goes on. */
  ms = -1;
  output: unknown = null;
  failure: RunFailure | null = null;
  /** Set through the recorder. */
  keep: Keep = 'no';
  /** Its values were let go of for lack of room, and these were more than their outlines. */
  isEmptied = false;
  isInputCut = false;
  isOutputCut = false;
  /** Spans that were part of it and are no longer there. */
  dropped = 0;
  /** It is no longer in its list, for lack of room. */
  isDropped = false;
  /** What its values weigh. */
  bytes = 0;

  constructor(
    readonly node: string,
    /** The run that it is the whole of; null for the span of an action. */
    readonly run: Run | null,
    readonly within: Span | null,
    readonly iteration: number | undefined,
    readonly attempt: number | undefined,
    /** Milliseconds of performance.now(). */
    readonly begin: number,
    public input: unknown,
  ) {}
}

/** Memory that recorders share, in bytes. */
export class Room {
  used = 0;
  constructor(public size = Number.POSITIVE_INFINITY) {}
}

/** The part of the room that one run may fill. */
const share = 1 / 4;
/** The first spans say how a run began: that part of all that there may be stays when there are too many. */
const firstPart = 1 / 20;

/**
 * The spans of a root run and of those that it calls, in the order in which they began. Bounded in number and in what their
 * values weigh: what is longest over is let go first, and counted.
 */
export class SpanRecorder {
  spans: Span[] = [];
  /** Spans, and values of spans, that were let go. */
  leftOut = 0;
  /** What the values weigh, in bytes. */
  bytes = 0;
  /** What parts take in memory that were not weighed. */
  knownBytes = 0;
  /** A span is to be stored, whatever becomes of the others. */
  keepsSome = false;
  private readonly seen = new Set<unknown>();
  /** Everything before it has been emptied, or goes on. */
  private emptiedUntil = 0;
  private isReleased = false;

  constructor(
    private readonly room: Room = new Room(),
    private readonly most = 10_000,
  ) {}

  begin(
    node: string,
    run: Run | null,
    within: Span | null,
    iteration: number | undefined,
    attempt: number | undefined,
    now: number,
  ): Span {
    if (this.spans.length >= this.most && !this.isReleased) this.dropSpans();
    const span = new Span(node, run, within, iteration, attempt, now, null);
    if (!this.isReleased) this.spans.push(span);
    return span;
  }

  /** Notes what the span was given, once that is known. */
  given(span: Span, input: unknown): void {
    span.input = input;
    span.bytes = weigh(input, this.seen);
  }

  end(span: Span, ms: number, output: unknown, failure: RunFailure | null): void {
    // A step that nobody waited for is not part of what the run did, and there is no room for it any more.
    if (this.isReleased) return;
    span.ms = ms;
    span.output = output ?? null;
    span.failure = failure;
    // What was in use until now is held for this list alone from now on.
    span.bytes += weigh(output, this.seen);
    this.bytes += span.bytes;
    this.room.used += span.bytes;
    if (span.within !== null && this.isFull()) this.emptySpans();
  }

  /** Says of a large part of what the run was given that it need not be weighed: the run holds it anyway. */
  know(part: object, bytes: number): void {
    this.seen.add(part);
    this.knownBytes += bytes;
  }

  /** Counts memory that is held for the run besides its values; false when there is no room for it, which is counted as left out. */
  hold(bytes: number): boolean {
    const { room } = this;
    this.bytes += bytes;
    room.used += bytes;
    if (!this.isFull()) return true;
    this.bytes -= bytes;
    room.used -= bytes;
    this.leftOut++;
    return false;
  }

  keep(span: Span, keep: Exclude<Keep, 'no'>): void {
    span.keep = keep;
    this.keepsSome = true;
  }

  /** Gives its room back when the run is over; the values stay for as long as somebody holds the recorder. */
  release(): void {
    this.isReleased = true;
    this.room.used -= this.bytes;
  }

  private isFull(): boolean {
    return this.room.used > this.room.size || this.bytes > this.room.size * share;
  }

  /** Lets go of values until there is room again: of the spans that are over, the first ones first. */
  private emptySpans(): void {
    const { room, spans } = this;
    let first = -1;
    for (let i = this.emptiedUntil; i < spans.length && this.isFull(); i++) {
      const span = spans[i] as Span;
      if (span.ms < 0) {
        // The values of what goes on are in use anyway.
        if (first < 0) first = i;
        continue;
      }
      if (first < 0) this.emptiedUntil = i + 1;
      if (span.isEmptied) continue;
      const input = summarize(span.input);
      const output = summarize(span.output);
      span.input = input.value;
      span.output = output.value;
      span.isInputCut = input.isCut;
      span.isOutputCut = output.isCut;
      span.isEmptied = true;
      this.leftOut++;
      this.bytes -= span.bytes;
      room.used -= span.bytes;
      span.bytes = 0;
    }
  }

  /** Halves the list: the first spans, those that go on, and the latest stay. */
  private dropSpans(): void {
    const { spans, room } = this;
    const latest = spans.length - Math.floor(this.most / 2);
    const kept: Span[] = [];
    for (let i = 0; i < spans.length; i++) {
      const span = spans[i] as Span;
      if (i < this.most * firstPart || i >= latest || span.ms < 0) {
        kept.push(span);
        continue;
      }
      span.isDropped = true;
      if (span.within !== null) span.within.dropped += 1 + span.dropped;
      this.leftOut++;
      this.bytes -= span.bytes;
      room.used -= span.bytes;
    }
    this.spans = kept;
    this.emptiedUntil = 0;
  }
}

/** The span that holds another one and is still there; null for none. */
export function holderOf(span: Span): Span | null {
  let holder = span.within;
  while (holder?.isDropped) holder = holder.within;
  return holder;
}
