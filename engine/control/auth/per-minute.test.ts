import { describe, expect, it } from 'vitest';
import { DistinctPerMinute, PerMinute } from './per-minute.ts';

const clock = () => {
  let time = 1_000_000;
  return { now: () => time, pass: (seconds: number) => (time += seconds * 1000) };
};

describe('PerMinute', () => {
  it('allows so many in any sixty seconds, per key', () => {
    const { now, pass } = clock();
    const limit = new PerMinute(3, now);
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 0]);
    expect(limit.take('b')).toBe(0);
    pass(50);
    expect(limit.take('a')).toBe(10);
    pass(11);
    expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 0, 60]);
  });

  it('does not count what it refused', () => {
    const { now, pass } = clock();
    const limit = new PerMinute(1, now);
    limit.take('a');
    for (let i = 0; i < 59; i++) {
      pass(1);
      expect(limit.take('a')).toBeGreaterThan(0);
    }
    pass(1);
    expect(limit.take('a')).toBe(0);
  });

  it('takes back what was no event after all', () => {
    const { now } = clock();
    const limit = new PerMinute(2, now);
    limit.take('a');
    limit.take('a');
    expect(limit.waitOf('a')).toBe(60);
    limit.giveBack('a');
    expect([limit.waitOf('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 60]);
  });

  it('forgets the keys that were quiet longest', () => {
    const { now } = clock();
    const limit = new PerMinute(1, now);
    limit.take('first');
    for (let i = 0; i < 1000; i++) limit.take(`key ${i}`);
    expect(limit.take('first')).toBe(0);
    expect(limit.take('key 999')).toBe(60);
  });
});

describe('DistinctPerMinute', () => {
  it('counts different things once', () => {
    const { now, pass } = clock();
    const limit = new DistinctPerMinute(2, now);
    for (let i = 0; i < 5; i++) limit.add('a', 'same');
    expect(limit.waitOf('a')).toBe(0);
    limit.add('a', 'other');
    expect(limit.waitOf('a')).toBe(60);
    expect(limit.waitOf('b')).toBe(0);
    pass(61);
    expect(limit.waitOf('a')).toBe(0);
  });
});
