import type { Buffer } from 'node:buffer';
import type { Writable } from 'node:stream';
import { colourLines } from './colour.ts';
import { addCounts, type LevelCounts, noLines } from './levels.ts';

/** Bytes that may wait for a slow reader. */
const longestBacklog = 4 * 1024 * 1024;

/** Streams that keep a listener: without one, a reader that goes after the close would end the process. */
const guarded = new WeakSet<Writable>();

/**
 * Node writes to a terminal synchronously: one that is stopped (Ctrl-S) or whose other end hangs would stop the process. The
 * handle is node's own and undocumented, so it is asked for carefully.
 */
const letGoOn = (stream: Writable & { isTTY?: boolean; _handle?: { setBlocking?(blocking: boolean): void } }): void => {
  if (stream.isTTY) stream._handle?.setBlocking?.(false);
};

/**
 * Copies lines to a standard stream without ever waiting for its reader: beyond 4 MiB they are dropped and counted, and
 * after the reader has gone (EPIPE) all of them.
 */
export class Mirror {
  readonly dropped = noLines();
  private gone = false;

  constructor(
    private readonly stream: Writable,
    /** Show levels in colour. */
    private readonly isColoured = false,
  ) {
    stream.on('error', this.lost);
    if (guarded.has(stream)) return;
    guarded.add(stream);
    stream.on('error', () => {});
    letGoOn(stream);
  }

  private readonly lost = (): void => {
    this.gone = true;
  };

  /** Whether the lines were taken. */
  write(lines: Buffer, counts: Readonly<LevelCounts>): boolean {
    if (!this.gone && this.stream.writable && this.stream.writableLength + lines.length <= longestBacklog) {
      try {
        this.stream.write(this.isColoured ? colourLines(lines) : lines);
        return true;
      } catch {
        // A file behind the stream is written at once, and may fail at once.
        this.gone = this.stream.destroyed;
      }
    }
    addCounts(this.dropped, counts);
    return false;
  }

  /** Resolves when everything was taken, its reader has gone, or so many milliseconds have passed. */
  async drained(ms: number): Promise<void> {
    if (this.gone || !this.stream.writable || !(this.stream.writableLength > 0)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      this.stream.once('error', done);
      this.stream.write('', done);
    });
  }

  /** Stops listening to the stream, which belongs to the process. */
  close(): void {
    this.stream.off('error', this.lost);
  }
}
