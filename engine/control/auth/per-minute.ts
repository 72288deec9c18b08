const minute = 60_000;
const mostKeys = 1000;

/**
 * Allows so many events per key in any 60 seconds. What is refused does not count, so a key that never stops still gets
 * its share. Remembers at most 1000 keys; the ones that were quiet longest are forgotten first.
 */
export class PerMinute {
  private readonly times = new Map<string, number[]>();

  constructor(
    private readonly limit: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts an event. 0 when it is within the limit, else the whole seconds until the next one is. */
  take(key: string): number {
    const wait = this.waitOf(key);
    if (wait === 0) this.put(key, [...this.recent(key), this.now()]);
    return wait;
  }

  /** 0 while another event would be within the limit, else the whole seconds until one is. */
  waitOf(key: string): number {
    const recent = this.recent(key);
    if (recent.length < this.limit) return 0;
    return Math.max(1, Math.ceil(((recent[0] as number) + minute - this.now()) / 1000));
  }

  /** Takes the latest event back: it turned out to be none. */
  giveBack(key: string): void {
    this.put(key, this.recent(key).slice(0, -1));
  }

  private recent(key: string): number[] {
    const since = this.now() - minute;
    return (this.times.get(key) ?? []).filter((time) => time > since);
  }

  private put(key: string, times: number[]): void {
    this.times.delete(key);
    this.times.set(key, times);
    if (this.times.size > mostKeys) this.times.delete(this.times.keys().next().value as string);
  }
}

/**
 * Counts different things per key in the last 60 seconds: a client that repeats one old token is one guess, whoever
 * tries tokens makes many.
 */
export class DistinctPerMinute {
  private readonly seen = new Map<string, Map<string, number>>();

  constructor(
    private readonly limit: number,
    private readonly now: () => number = Date.now,
  ) {}

  add(key: string, thing: string): void {
    const things = this.recent(key);
    things.delete(thing);
    things.set(thing, this.now());
    this.seen.delete(key);
    this.seen.set(key, things);
    if (this.seen.size > mostKeys) this.seen.delete(this.seen.keys().next().value as string);
  }

  /** 0 while the key is below its limit, else the whole seconds until it is again. */
  waitOf(key: string): number {
    const things = this.recent(key);
    if (things.size < this.limit) return 0;
    const oldest = things.values().next().value as number;
    return Math.max(1, Math.ceil((oldest + minute - this.now()) / 1000));
  }

  private recent(key: string): Map<string, number> {
    const since = this.now() - minute;
    return new Map([...(this.seen.get(key) ?? [])].filter(([, time]) => time > since));
  }
}
