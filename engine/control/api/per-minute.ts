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

  /** 0 when the event is within the limit, else the whole seconds until the next one is. */
  take(key: string): number {
    const now = this.now();
    const recent = (this.times.get(key) ?? []).filter((time) => time > now - minute);
    const waiting = recent.length >= this.limit;
    if (!waiting) recent.push(now);
    this.times.delete(key);
    this.times.set(key, recent);
    if (this.times.size > mostKeys) this.times.delete(this.times.keys().next().value as string);
    return waiting ? Math.ceil(((recent[0] as number) + minute - now) / 1000) : 0;
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
