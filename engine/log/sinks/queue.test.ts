import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import type { Level } from '../../document/types.ts';
import { levels } from '../record.ts';
import { linesOf, noLines } from './levels.ts';
import { type Chunk, LineQueue } from './queue.ts';

let number = 0;
const line = (level: Level) => `2026-11-21 04:36:22.123 [${level}]  line ${number++}\n`;
const chunk = (...given: Level[]): Chunk => {
  const counts = noLines();
  for (const level of given) counts[level]++;
  return { bytes: Buffer.from(given.map(line).join('')), counts };
};
const drain = (queue: LineQueue): string => {
  let text = '';
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) text += next.bytes.toString();
  return text;
};
const countsOf = (text: string) => {
  const counts = noLines();
  for (const { level } of linesOf(Buffer.from(text))) counts[level]++;
  return counts;
};

describe('linesOf', () => {
  it('knows the level of lines in both formats', () => {
    const json = '{"id":"a-1","time":"2026-11-21T03:36:22.123Z","level":"warning","kind":"system"}\n';
    const foreign = 'something [error] else\n';
    const found = [...linesOf(Buffer.from(line('debug') + json + foreign + line('error')))].map(({ level }) => level);
    expect(found).toEqual(['debug', 'warning', 'info', 'error']);
  });
});

describe('LineQueue', () => {
  it('gives back what it was given, in order', () => {
    const queue = new LineQueue(1_000_000);
    const chunks = Array.from({ length: 2500 }, () => chunk('info', 'error'));
    const expected = chunks.map(({ bytes }) => bytes.toString()).join('');
    for (const one of chunks) queue.push(one);
    expect(queue.bytes).toBe(Buffer.byteLength(expected));
    expect(drain(queue)).toBe(expected);
    expect(queue.bytes).toBe(0);
    expect(queue.dropped).toEqual(noLines());
  });

  it('drops debug first and error last, and counts exactly', () => {
    const queue = new LineQueue(20_000);
    const given = noLines();
    for (let i = 0; i < 400; i++) {
      queue.push(chunk(...levels));
      for (const level of levels) given[level]++;
      expect(queue.bytes).toBeLessThanOrEqual(20_000);
    }
    const kept = countsOf(drain(queue));
    for (const level of levels) expect(kept[level] + queue.dropped[level]).toBe(given[level]);
    expect(queue.dropped.error).toBe(0);
    expect(kept.error).toBe(400);
    expect(kept.debug).toBeLessThanOrEqual(kept.warning);
  });

  it('keeps the earliest errors when there is nothing else to drop', () => {
    const queue = new LineQueue(1000);
    number = 0;
    for (let i = 0; i < 100; i++) queue.push(chunk('error'));
    const text = drain(queue);
    expect(text).toContain('line 0\n');
    expect(queue.dropped.error).toBe(100 - countsOf(text).error);
    expect(queue.dropped.error).toBeGreaterThan(50);
  });

  it('forgets without counting', () => {
    const queue = new LineQueue(1000);
    queue.push(chunk('error'));
    queue.clear();
    expect([queue.bytes, queue.shift(), queue.dropped.error]).toEqual([0, undefined, 0]);
  });
});
