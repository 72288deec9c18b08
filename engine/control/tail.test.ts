import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { noLines } from '../log/sinks/levels.ts';
import { type Follower, Tail } from './tail.ts';

const line = (n: number, more = ''): string => `{"id":"t-${n}","more":"${more}"}`;
const put = (tail: Tail, ...lines: string[]): void =>
  tail.take(Buffer.from(lines.map((each) => `${each}\n`).join('')), { ...noLines(), info: lines.length });

/** Keeps what it is sent, in order. */
class Reader implements Follower {
  readonly got: string[] = [];
  gaps = 0;
  isFull = false;
  constructor(readonly fits: (line: string) => boolean = () => true) {}
  records(lines: string[]): boolean {
    this.got.push(...lines);
    return !this.isFull;
  }
  gap(count: number): void {
    this.gaps += count;
  }
}

const until = async (is: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !is(); i++) await delay(20);
  expect(is()).toBe(true);
};

describe('who follows the records', () => {
  test('gets what comes after he began, in order, as far as it fits', async () => {
    const tail = new Tail();
    put(tail, line(0));
    const all = new Reader();
    const some = new Reader((text) => text.includes('t-2'));
    tail.subscribe(all);
    tail.subscribe(some);
    put(tail, line(1), line(2));
    put(tail, line(3));
    await until(() => all.got.length === 3);
    expect([all.got, some.got, all.gaps]).toEqual([[line(1), line(2), line(3)], [line(2)], 0]);
  });

  test('goes on after a record that is still held, and gets nothing after his end', async () => {
    const tail = new Tail();
    // Data may look like the beginning of a record.
    put(tail, line(1), '{"id":"t-9","value":{"id":"t-1","more":""}}', line(2));
    put(tail, line(3));
    const reader = new Reader();
    const at = tail.after('t-1');
    expect([at?.lines, tail.after('t-7'), tail.after('t-')]).toEqual([1, null, null]);
    const subscription = tail.subscribe(reader, at ?? tail.end);
    await until(() => reader.got.length === 3);
    expect(reader.got.at(-1)).toBe(line(3));
    subscription.end();
    put(tail, line(4));
    await delay(100);
    expect(reader.got.length).toBe(3);
  });

  test('who does not read is held, misses what the ring has lost, and is told how many', async () => {
    const tail = new Tail();
    const slow = new Reader();
    slow.isFull = true;
    const subscription = tail.subscribe(slow);
    put(tail, line(0));
    await until(() => slow.got.length === 1);
    const more = 'x'.repeat(1000);
    for (let n = 1; n <= 8000; n++) put(tail, line(n, more));
    await delay(50);
    expect([slow.got.length, slow.gaps]).toEqual([1, 0]);
    slow.isFull = false;
    subscription.resume();
    await until(() => slow.got.at(-1) === line(8000, more));
    expect(slow.gaps).toBeGreaterThan(1000);
    expect(slow.got.length + slow.gaps).toBe(8001);
  });

  test('a flood neither holds up the process nor goes unsaid', async () => {
    const tail = new Tail();
    const readers = Array.from({ length: 20 }, () => new Reader((text) => JSON.parse(text).id !== 'none'));
    for (const reader of readers) tail.subscribe(reader);
    const batch = Array.from({ length: 300 }, (_, n) => line(n, 'y'.repeat(150)));
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    for (let i = 0; i < 400; i++) {
      put(tail, ...batch);
      if (i % 20 === 0) await delay(1);
    }
    put(tail, line(-1));
    await until(() => readers.every(({ got }) => got.at(-1) === line(-1)));
    clearInterval(turning);
    for (const { got, gaps } of readers) expect(got.length + gaps).toBe(400 * 300 + 1);
    expect(readers.every(({ gaps }) => gaps > 0)).toBe(true);
    expect(turns).toBeGreaterThan(20);
  });

  test('a line that is too long is counted, and what is cleared is forgotten', async () => {
    const tail = new Tail();
    const reader = new Reader();
    tail.subscribe(reader);
    put(tail, line(1), line(2, 'z'.repeat(600_000)), line(3));
    await until(() => reader.got.length === 2);
    expect([reader.got, reader.gaps]).toEqual([[line(1), line(3)], 1]);
    tail.clear();
    expect([tail.after('t-3'), tail.begin]).toEqual([null, tail.end]);
    put(tail, line(4));
    await until(() => reader.got.length === 3);
    expect([reader.got.at(-1), reader.gaps]).toEqual([line(4), 1]);
  });

  test('one who fails does not keep the others from theirs', async () => {
    const tail = new Tail();
    const reader = new Reader();
    tail.subscribe(
      new Reader(() => {
        throw new Error('no');
      }),
    );
    tail.subscribe(reader);
    put(tail, line(1));
    put(tail, line(2));
    await until(() => reader.got.length === 2);
  });
});
