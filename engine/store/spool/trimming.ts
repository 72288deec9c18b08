import type { StoreNotice } from '../spool.ts';
import type { Limits } from './retention.ts';

/** Why something was removed before its time: the store was too large, or the file system had too little room left. */
export type TrimReason = 'size' | 'room';

/** Between two notices, in milliseconds. */
const quietMs = 60_000;

/** Tells what was removed for other reasons than its age: at most once a minute, with what was gathered since. */
export class Trimming {
  private readonly days = new Set<string>();
  private readonly reasons = new Set<TrimReason>();
  private files = 0;
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly dir: string,
    private readonly limits: Readonly<Limits>,
    private readonly report: (notice: StoreNotice) => void,
  ) {}

  removed(day: string, bytes: number, reason: TrimReason): void {
    this.days.add(day);
    this.reasons.add(reason);
    this.files++;
    this.bytes += bytes;
  }

  /** Something may have been removed, and the looking through is over. */
  done(): void {
    if (this.isClosed || this.timer !== undefined || this.files === 0) return;
    this.tell();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.done();
    }, quietMs).unref();
  }

  /** Tells what was not told yet; what is removed after that is not told. */
  close(): void {
    clearTimeout(this.timer);
    this.isClosed = true;
    if (this.files > 0) this.tell();
  }

  private tell(): void {
    const { maxBytes, minFreeBytes } = this.limits;
    const why = {
      size: `the store was larger than store.maxBytes (${maxBytes} bytes); raise it to keep more`,
      room: `the file system had less than ${minFreeBytes} bytes left (logs.rotation.minFree); free some space to keep more`,
    };
    const days = [...this.days].sort();
    const from = days.length === 1 ? days[0] : `${days.length} days, ${days[0]} to ${days.at(-1)}`;
    const message = `The oldest of the store in ${this.dir} was removed: ${this.files} ${this.files === 1 ? 'file' : 'files'} of ${from}, ${this.bytes} bytes, because ${[...this.reasons].map((reason) => why[reason]).join(', and ')}.`;
    this.days.clear();
    this.reasons.clear();
    this.files = 0;
    this.bytes = 0;
    this.report({ level: 'info', event: 'store.trimmed', message });
  }
}
