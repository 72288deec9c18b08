import type { Response } from 'express';
import type { Follower } from '../tail.ts';
import { idOf } from './recall.ts';

/** Bytes that may wait for whoever reads, before what follows is held back. With the lines of one go that is 1 MiB at most. */
const waitingBytes = 384 * 1024;
const heartbeatMs = 15_000;
/** How often it is asked whether whoever reads still may. */
const lookMs = 1000;

export interface EventStreamParts {
  res: Response;
  fits(line: string): boolean;
  isAllowed(): boolean;
}

/** Records as Server-Sent Events, to one who may read slowly, or not at all. */
export class EventStream implements Follower {
  readonly fits: (line: string) => boolean;
  readonly res: Response;
  private readonly timers: NodeJS.Timeout[];

  /** Answers with the head of the stream. */
  constructor({ res, fits, isAllowed }: EventStreamParts) {
    this.res = res;
    this.fits = fits;
    res.write(':\n\n');
    this.timers = [
      setInterval(() => this.isFull() || res.write(':\n\n'), heartbeatMs),
      setInterval(() => isAllowed() || this.close(), lookMs),
    ];
    res.once('close', () => this.timers.forEach(clearInterval));
  }

  /** Sends records; false when enough of them wait. */
  records(lines: readonly string[]): boolean {
    this.res.write(lines.map((line) => `id: ${idOf(line)}\ndata: ${line}\n\n`).join(''));
    return !this.isFull();
  }

  /** Says that records are missing here; null when nobody counted them. */
  gap(dropped: number | null): void {
    this.res.write(`event: gap\ndata: ${JSON.stringify({ dropped })}\n\n`);
  }

  /** Resolves when there is room again, or nobody there any more. */
  room(): Promise<void> {
    const { res } = this;
    if (!this.isFull() || res.closed) return Promise.resolve();
    return new Promise((resolve) => {
      res.once('drain', resolve);
      res.once('close', resolve);
    });
  }

  /** What waits for somebody who may not read it any more is not sent. */
  private close(): void {
    if (this.res.writableLength > 0) this.res.destroy();
    else this.res.end();
  }

  private isFull(): boolean {
    return this.res.writableLength > waitingBytes;
  }
}
