/** After the last keystroke, in milliseconds. */
const quietMs = 400;
/** After the first one at the latest. */
const longestMs = 2000;

/** Calls once things are quiet, and at the latest some time after the first word. */
export class QuietTimer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since: number | null = null;

  constructor(private readonly call: () => void) {}

  get isRunning(): boolean {
    return this.since !== null;
  }

  touch(): void {
    const now = Date.now();
    this.since ??= now;
    this.again(Math.max(0, Math.min(quietMs, this.since + longestMs - now)));
  }

  /** Calls after a fixed time, as after a failure, unless it was going to call sooner. */
  later(ms: number): void {
    if (!this.isRunning) this.again(ms);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.since = null;
  }

  private again(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.since = null;
      this.call();
    }, ms);
  }
}
