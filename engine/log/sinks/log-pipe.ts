import type { LogFile } from '../record.ts';
import type { LevelCounts } from './levels.ts';
import { LiveFile, type LiveFileOptions } from './live-file.ts';
import { type Chunk, LineQueue } from './queue.ts';
import type { RotatingLogger } from './rotating-logger.ts';

/** Bytes that may wait for one log. */
const queueBytes = 16 * 1024 * 1024;
/** Bytes that are handed to the transport ahead of the disk: what lies there can no longer be dropped by level. */
const aheadBytes = 256 * 1024;
const newline = 10;

/** The way of one log's lines: a bounded queue, the rotating transport, the file. */
export class LogPipe {
  readonly file: LogFile;
  readonly live: LiveFile;
  private readonly queue = new LineQueue(queueBytes);
  private logger: RotatingLogger | null = null;
  /** Bytes handed to the transport since the start, and of them those not dealt with. */
  private handed = 0;
  private ahead = 0;
  private waiting: (() => void)[] = [];

  constructor(options: Omit<LiveFileOptions, 'settled'>) {
    this.file = options.file;
    this.live = new LiveFile({ ...options, settled: (bytes) => this.settle(bytes) });
  }

  /** Lines that found no room, by level. */
  get dropped(): Readonly<LevelCounts> {
    return this.queue.dropped;
  }

  get backlog(): number {
    return this.queue.bytes + this.ahead;
  }

  use(logger: RotatingLogger): void {
    this.logger = logger;
    this.pump();
  }

  write(chunk: Chunk): void {
    this.queue.push(chunk);
    this.pump();
  }

  /** Resolves when nothing waits. */
  idle(): Promise<void> {
    if (this.backlog === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async clear(): Promise<void> {
    this.queue.clear();
    await this.live.clear(this.handed);
  }

  giveUp(): void {
    this.live.giveUp();
  }

  /** Ends the transport; resolves when every stream it opened has been closed. */
  async close(): Promise<void> {
    this.logger?.close();
    await this.live.ended();
  }

  private pump(): void {
    while (this.logger !== null && this.ahead < aheadBytes) {
      const chunk = this.queue.shift();
      if (chunk === undefined) break;
      const { bytes, counts } = chunk;
      const ends = bytes[bytes.length - 1] === newline;
      const text = bytes.toString('utf8', 0, ends ? bytes.length - 1 : bytes.length);
      // Bytes that are no UTF-8 become longer as text.
      const length = Buffer.byteLength(text) + 1;
      this.handed += length;
      this.ahead += length;
      if (counts.error > 0) this.live.urgent(this.handed);
      this.logger.write(text);
    }
    if (this.backlog > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private settle(bytes: number): void {
    this.ahead -= bytes;
    this.pump();
  }
}
