import { utcDay } from '../segments.ts';
import type { Appender, Written } from './appender.ts';
import { bodyLine, type CaptureFrame, indexLines, splitCapture } from './capture-frame.ts';

/** Bytes that may wait. */
const queueBytes = 32 * 1024 * 1024;
/** Bytes that are written at once. */
const batchBytes = 1024 * 1024;
const batchCaptures = 256;
/** How long captures wait for others to be written with, in milliseconds. */
const gatherMs = 10;

/** The way of captured runs: a bounded queue, the body into one segment, then where it stands into another. */
export class CapturePump {
  dropped = 0;
  private queue: CaptureFrame[] = [];
  private first = 0;
  private waiting = 0;
  private underWay = 0;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bodies: Appender,
    private readonly index: Appender,
    private readonly now: () => number,
  ) {}

  get backlog(): number {
    return this.waiting + this.underWay;
  }

  write(captured: Buffer): void {
    const frame = splitCapture(captured);
    if (frame === undefined || this.backlog + frame.bytes > queueBytes) {
      this.dropped++;
      return;
    }
    this.queue.push(frame);
    this.waiting += frame.bytes;
    if (this.running !== null) return;
    if (this.waiting >= batchBytes) this.pump();
    else this.timer ??= setTimeout(() => this.pump(), gatherMs).unref();
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.backlog > 0) {
      this.pump();
      await this.running;
    }
  }

  async sync(): Promise<void> {
    await this.bodies.sync();
    await this.index.sync();
  }

  private pump(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running ??= this.work().finally(() => {
      this.running = null;
      if (this.waiting > 0) this.pump();
    });
  }

  private async work(): Promise<void> {
    for (let frames = this.take(); frames.length > 0; frames = this.take()) {
      if (!(await this.writeAll(frames))) this.dropped += frames.length;
      this.underWay = 0;
    }
  }

  private async writeAll(frames: readonly CaptureFrame[]): Promise<boolean> {
    const day = utcDay(this.now());
    const bodies = frames.map(bodyLine);
    const written = await this.put(this.bodies, day, bodies.flat(), frames.length);
    if (written === undefined) return false;
    let { at } = written;
    const lines: Buffer[] = [];
    for (const [i, frame] of frames.entries()) {
      const bytes = lengthOf(bodies[i] as Buffer[]);
      lines.push(...indexLines(frame, written.file, at, bytes - 1));
      at += bytes;
    }
    return (await this.put(this.index, day, lines, frames.length)) !== undefined;
  }

  private async put(
    appender: Appender,
    day: string,
    buffers: readonly Buffer[],
    lines: number,
  ): Promise<Written | undefined> {
    const result = await appender.append({ buffers, bytes: lengthOf(buffers), lines, day, isStale: () => false });
    return typeof result === 'number' ? undefined : result;
  }

  private take(): CaptureFrame[] {
    const begin = this.first;
    while (this.first < this.queue.length && this.first - begin < batchCaptures && this.underWay < batchBytes) {
      const { bytes } = this.queue[this.first++] as CaptureFrame;
      this.waiting -= bytes;
      this.underWay += bytes;
    }
    const frames = this.queue.slice(begin, this.first);
    if (this.first > 1000 || this.first === this.queue.length) {
      this.queue = this.queue.slice(this.first);
      this.first = 0;
    }
    return frames;
  }
}

const lengthOf = (buffers: readonly Buffer[]): number => buffers.reduce((sum, { length }) => sum + length, 0);
