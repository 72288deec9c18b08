import type { TimeRange } from './halving.ts';

interface Looked {
  from: number | null;
  to: number | null;
}

/** Which times a page has looked at, in milliseconds since 1970. */
export class Scanned {
  private oldest = Number.POSITIVE_INFINITY;
  private newest = Number.NEGATIVE_INFINITY;

  /** @param isFurther it goes on where an earlier page ended */
  constructor(
    private readonly range: TimeRange,
    private readonly isFurther: boolean,
  ) {}

  saw(time: number | undefined): void {
    if (time === undefined || !Number.isFinite(time)) return;
    if (time < this.oldest) this.oldest = time;
    if (time > this.newest) this.newest = time;
  }

  /** As far as this page went. */
  sofar(): Looked {
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = this.range;
    const newest = !this.isFurther && Number.isFinite(to) ? to : Math.min(to, this.newest);
    return { from: finite(Math.max(from, this.oldest)), to: finite(newest) };
  }

  /** Down to the beginning of what is asked for. */
  whole(): Looked {
    const { from, to } = this.sofar();
    return { from: this.range.from ?? from, to };
  }
}

const finite = (time: number): number | null => (Number.isFinite(time) ? time : null);
