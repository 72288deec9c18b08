import { levels } from '../../log/record.ts';
import { addCounts, type LevelCounts, linesOf, noLines } from '../../log/sinks/levels.ts';
import { type Chunk, LineQueue } from '../../log/sinks/queue.ts';
import { utcDay } from '../segments.ts';
import type { Appender } from './appender.ts';

/** Bytes that may wait. */
const queueBytes = 16 * 1024 * 1024;
/** Bytes that are written at once: what is among them can no longer be dropped by level. */
const batchBytes = 1024 * 1024;
/** How long lines wait for others to be written with, in milliseconds. */
const gatherMs = 10;
const newline = 10;
const lineEnd = Buffer.from('\n');

/** The way of log records: a bounded queue, the segments. */
export class RecordPump {
  private readonly queue = new LineQueue(queueBytes);
  /** Lines that were on their way when everything was cleared away or given up. */
  private readonly left = noLines();
  private underWay = 0;
  private clearings = 0;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly appender: Appender,
    private readonly now: () => number,
  ) {}

  /** Lines that found no room, or no disk before the end, by level. */
  get dropped(): LevelCounts {
    const dropped = noLines();
    addCounts(dropped, this.queue.dropped);
    addCounts(dropped, this.left);
    return dropped;
  }

  get backlog(): number {
    return this.queue.bytes + this.underWay;
  }

  write(lines: Buffer | string, counts: Readonly<LevelCounts>): void {
    const given = typeof lines === 'string' ? Buffer.from(lines) : lines;
    const bytes = given[given.length - 1] === newline ? given : Buffer.concat([given, lineEnd]);
    this.queue.push({ bytes, counts: { ...counts } });
    if (this.running !== null) return;
    if (counts.error > 0 || this.queue.bytes >= batchBytes) this.pump();
    else this.timer ??= setTimeout(() => this.pump(), gatherMs).unref();
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.backlog > 0) {
      this.pump();
      await this.running;
    }
  }

  /** Forgets what waits, and removes what was written. */
  async clear(remove: () => Promise<void>): Promise<void> {
    this.clearings++;
    this.queue.clear();
    await this.appender.leaveFor(remove);
  }

  private pump(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running ??= this.work().finally(() => {
      this.running = null;
      if (this.queue.bytes > 0) this.pump();
    });
  }

  private async work(): Promise<void> {
    for (let chunks = this.take(); chunks.length > 0; chunks = this.take()) {
      const { clearings } = this;
      const written = await this.appender.append({
        buffers: chunks.map(({ bytes }) => bytes),
        bytes: this.underWay,
        lines: chunks.reduce((sum, { counts }) => levels.reduce((lines, level) => lines + counts[level], sum), 0),
        day: utcDay(this.now()),
        isStale: () => clearings !== this.clearings,
      });
      this.underWay = 0;
      if (typeof written === 'number' && clearings === this.clearings) this.leave(chunks, written);
      if (chunks.some(({ counts }) => counts.error > 0)) void this.appender.sync();
    }
  }

  private take(): Chunk[] {
    const chunks: Chunk[] = [];
    while (this.underWay < batchBytes) {
      const chunk = this.queue.shift();
      if (chunk === undefined) break;
      chunks.push(chunk);
      this.underWay += chunk.bytes.length;
    }
    return chunks;
  }

  /** Counts the lines after so many bytes. */
  private leave(chunks: readonly Chunk[], written: number): void {
    let end = 0;
    for (const { bytes } of chunks) {
      for (const { level, line } of linesOf(bytes)) {
        end += line.length;
        if (end > written) this.left[level]++;
      }
    }
  }
}
