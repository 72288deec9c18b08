import { PerMinute } from './per-minute.ts';

const mostPerMinute = 10;
const minute = 60_000;

/** Writes a security record of somebody at an address. */
export type WriteRefusal = (event: string, message: string, remote: string) => void;

/**
 * Records who was refused without letting them fill the log: ten records a minute from one address, and then one more
 * that counts the rest.
 */
export class RefusalRecords {
  private readonly share: PerMinute;
  private readonly more = new Map<string, { count: number; event: string; timer: NodeJS.Timeout }>();

  constructor(
    private readonly write: WriteRefusal,
    now: () => number,
  ) {
    this.share = new PerMinute(mostPerMinute, now);
  }

  add(event: string, message: string, remote: string): void {
    if (this.share.take(remote) === 0) {
      this.write(event, message, remote);
      return;
    }
    const counted = this.more.get(remote);
    if (counted !== undefined) counted.count++;
    else {
      const timer = setTimeout(() => this.tell(remote), minute).unref();
      this.more.set(remote, { count: 1, event, timer });
    }
  }

  /** Writes what was only counted so far. */
  close(): void {
    for (const remote of [...this.more.keys()]) this.tell(remote);
  }

  private tell(remote: string): void {
    const counted = this.more.get(remote);
    if (counted === undefined) return;
    clearTimeout(counted.timer);
    this.more.delete(remote);
    const { count, event } = counted;
    this.write(event, `${count} more refused from this address within a minute; they were only counted.`, remote);
  }
}
