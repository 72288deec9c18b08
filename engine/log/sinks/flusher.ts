const latestMs = 500;

/** Brings what was written to the disk: half a second later at most, or when asked. One flush runs at a time. */
export class Flusher {
  private dirty = false;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;

  /** @param flush must not fail */
  constructor(private readonly flush: () => Promise<void>) {}

  /** Something was written. */
  wrote(): void {
    this.dirty = true;
    this.timer ??= setTimeout(() => void this.now(), latestMs).unref();
  }

  /** Resolves when everything written so far has been flushed. */
  async now(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.running !== null) await this.running;
    if (!this.dirty) return;
    this.dirty = false;
    this.running = this.flush().finally(() => {
      this.running = null;
    });
    await this.running;
  }
}
