import type { Buffer } from 'node:buffer';
import type { Level } from '../../document/types.ts';
import { levelOf } from '../parse-line.ts';
import { levels } from '../record.ts';

/** A number of lines for each level. */
export type LevelCounts = Record<Level, number>;

export const noLines = (): LevelCounts => ({ debug: 0, info: 0, warning: 0, error: 0 });

export const addCounts = (to: LevelCounts, counts: Readonly<LevelCounts>): void => {
  for (const level of levels) to[level] += counts[level];
};

/** `1200 debug, 3 info`, or an empty text. */
export const describeCounts = (counts: Readonly<LevelCounts>): string =>
  levels.flatMap((level) => (counts[level] > 0 ? [`${counts[level]} ${level}`] : [])).join(', ');

const newline = 10;
/** The level stands so near the beginning of a line. */
const looked = 300;

/** Goes through the whole lines of a chunk with their levels. */
export function* linesOf(bytes: Buffer): Generator<{ level: Level; line: Buffer }> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found + 1;
    const head = bytes.toString('latin1', start, Math.min(end, start + looked));
    // A line that does not say is neither the least nor the most important.
    yield { level: levelOf(head) ?? 'info', line: bytes.subarray(start, end) };
    start = end;
  }
}
