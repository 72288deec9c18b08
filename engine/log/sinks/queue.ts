import { Buffer } from 'node:buffer';
import type { Level } from '../../document/types.ts';
import { levels } from '../record.ts';
import { type LevelCounts, linesOf, noLines } from './levels.ts';

/** Whole lines that travel together. */
export interface Chunk {
  bytes: Buffer;
  counts: LevelCounts;
}

/**
 * Lines that wait for their file, bounded in bytes. What does not fit is dropped by level over the whole queue, debug first
 * and error last, and counted.
 */
export class LineQueue {
  bytes = 0;
  readonly dropped = noLines();
  private chunks: Chunk[] = [];
  private first = 0;

  constructor(private readonly limit: number) {}

  push(chunk: Chunk): void {
    this.chunks.push(chunk);
    this.bytes += chunk.bytes.length;
    for (const level of levels) if (this.bytes > this.limit) this.drop(level);
  }

  shift(): Chunk | undefined {
    const chunk = this.chunks[this.first];
    if (chunk === undefined) return undefined;
    this.bytes -= chunk.bytes.length;
    this.first++;
    if (this.first > 1000 || this.first === this.chunks.length) {
      this.chunks = this.chunks.slice(this.first);
      this.first = 0;
    }
    return chunk;
  }

  /** Forgets everything; it does not count as dropped. */
  clear(): void {
    this.chunks = [];
    this.first = 0;
    this.bytes = 0;
  }

  private drop(level: Level): void {
    const waiting = this.chunks.slice(this.first);
    this.clear();
    for (const chunk of waiting) {
      const kept = level === 'error' ? this.whatFits(chunk) : chunk.counts[level] > 0 ? without(level, chunk) : chunk;
      this.dropped[level] += chunk.counts[level] - kept.counts[level];
      if (kept.bytes.length === 0) continue;
      this.chunks.push(kept);
      this.bytes += kept.bytes.length;
    }
  }

  /** Of errors the earliest stay: they tell how it began. */
  private whatFits(chunk: Chunk): Chunk {
    return this.bytes + chunk.bytes.length > this.limit ? { bytes: Buffer.alloc(0), counts: noLines() } : chunk;
  }
}

const without = (level: Level, { bytes, counts }: Chunk): Chunk => {
  const kept: Buffer[] = [];
  for (const line of linesOf(bytes)) if (line.level !== level) kept.push(line.line);
  return { bytes: Buffer.concat(kept), counts: { ...counts, [level]: 0 } };
};
