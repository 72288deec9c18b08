import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the event loop was, in milliseconds. */
export interface LoopDelay {
  p50: number;
  p99: number;
  max: number;
}

const everyMs = 20;

/** Measures how late timers of this process are, by one that is due every 20 ms. */
export class LoopDelayMeter {
  private readonly histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: everyMs });

  constructor() {
    this.histogram.enable();
  }

  /** What was measured since the last time it was taken. */
  take(): LoopDelay {
    const { histogram } = this;
    const delay = {
      p50: lateness(histogram.percentile(50)),
      p99: lateness(histogram.percentile(99)),
      max: lateness(histogram.max),
    };
    histogram.reset();
    return delay;
  }

  close(): void {
    this.histogram.disable();
  }
}

/** The histogram holds the time from one timer to the next, in nanoseconds. */
const lateness = (nanoseconds: number): number =>
  Number.isFinite(nanoseconds) ? Math.max(0, Math.round(nanoseconds / 1000 - everyMs * 1000) / 1000) : 0;
