import { writevSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Buffers that one call of the system takes. */
const atOnce = 64;
/** Milliseconds after which a full pipe is tried again. */
const retryMs = 1;
/** What is said of a pipe that nobody reads any more. Anything else passes. */
const gone: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET', 'ENOTCONN', 'EBADF']);

/**
 * The pipe to the control process, written at once as far as it takes something. A stream would write it once in a turn of the
 * event loop, and a pipe holds some 200 KB: a worker that is busy, with turns of several milliseconds, would get rid of less
 * than it logs. Never blocks (the descriptor must not), never throws.
 */
export class RecordPipe {
  /** Bytes that wait. */
  length = 0;
  private queue: Buffer[] = [];
  private triedAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private waiting: (() => void)[] = [];

  /** @param write as fs.writevSync: how many bytes were taken; throws EAGAIN when none are */
  constructor(private readonly write: (buffers: readonly Buffer[]) => number) {}

  /** For a descriptor that does not block. */
  static of(fd: number): RecordPipe {
    return new RecordPipe((buffers) => writevSync(fd, buffers));
  }

  push(buffer: Buffer): void {
    this.queue.push(buffer);
    this.length += buffer.length;
  }

  /** Writes what the pipe takes; the rest follows by itself. */
  pump(): void {
    // To be told that it is full costs more than to write.
    if (this.length === 0 || (this.timer !== null && performance.now() - this.triedAt < retryMs / 2)) return;
    try {
      while (this.queue.length > 0) this.took(this.write(this.queue.slice(0, atOnce)));
      this.settle();
    } catch (thrown) {
      this.triedAt = performance.now();
      // The control process is gone; the worker is about to end for the same reason.
      if (gone.has((thrown as NodeJS.ErrnoException).code)) this.giveUp();
      else this.timer ??= setTimeout(() => this.again(), retryMs);
    }
  }

  /** Resolves when nothing waits. */
  drained(): Promise<void> {
    this.pump();
    return this.length === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  private again(): void {
    this.timer = null;
    this.pump();
  }

  private took(bytes: number): void {
    this.length -= bytes;
    let rest = bytes;
    let whole = 0;
    for (; whole < this.queue.length; whole++) {
      const { length } = this.queue[whole] as Buffer;
      if (length > rest) break;
      rest -= length;
    }
    this.queue.splice(0, whole);
    if (rest > 0) this.queue[0] = (this.queue[0] as Buffer).subarray(rest);
  }

  private giveUp(): void {
    this.queue = [];
    this.length = 0;
    this.settle();
  }

  private settle(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
