/**
 * Shares the runs of one counted switch among the workers, so that all together never write more than there are. What a
 * worker holds and has not used may be called back; what it held when it died counts as used.
 */
export class Leases {
  private readonly held = new Map<string, number>();
  private readonly waiting = new Set<string>();
  /** Of the used, those of which nobody knows whether they were written: their worker died. */
  lost = 0;

  constructor(
    readonly times: number,
    /** Runs that were written for certain, or may have been. */
    public used: number,
  ) {}

  /** Runs that are left for workers that hold them already or will. */
  get left(): number {
    return Math.max(0, this.times - this.used);
  }

  private get free(): number {
    let free = this.left;
    for (const runs of this.held.values()) free -= runs;
    return Math.max(0, free);
  }

  /**
   * What a worker gets: everything if it is the only one, else a share that shrinks with what is left, so that an idle
   * worker does not sit on many. 0 when nothing is free; the worker then waits for what others give back.
   */
  grant(worker: string, workers: number): number {
    const { free } = this;
    const runs = workers <= 1 ? free : Math.min(free, Math.max(1, Math.ceil(free / (2 * workers))));
    if (runs > 0) {
      this.held.set(worker, (this.held.get(worker) ?? 0) + runs);
      this.waiting.delete(worker);
    } else this.waiting.add(worker);
    return runs;
  }

  /** Whether a worker was ever given a share, or waits for one. */
  knows(worker: string): boolean {
    return this.held.has(worker) || this.waiting.has(worker);
  }

  /** The workers that hold runs, but for the one that wants them. */
  holders(but: string): string[] {
    return [...this.held].flatMap(([worker, runs]) => (runs > 0 && worker !== but ? [worker] : []));
  }

  /** A worker that waits, the longest first. */
  get next(): string | undefined {
    return this.waiting.values().next().value;
  }

  get anyFree(): boolean {
    return this.free > 0;
  }

  use(worker: string, runs: number): void {
    this.held.set(worker, Math.max(0, (this.held.get(worker) ?? 0) - runs));
    this.used += runs;
  }

  giveBack(worker: string, runs: number): void {
    this.held.set(worker, Math.max(0, (this.held.get(worker) ?? 0) - runs));
  }

  /** The worker is gone. Unless it said farewell, what it held counts as used: nobody knows better. */
  forget(worker: string, farewell: boolean): void {
    const unknown = farewell ? 0 : (this.held.get(worker) ?? 0);
    this.used += unknown;
    this.lost += unknown;
    this.held.delete(worker);
    this.waiting.delete(worker);
  }
}
