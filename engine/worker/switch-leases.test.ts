import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SwitchNews } from '../wire/messages.ts';
import { SwitchLeases } from './switch-leases.ts';

describe('SwitchLeases', () => {
  const told: SwitchNews[] = [];
  let leases: SwitchLeases;
  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    leases = new SwitchLeases((news) => told.push(news));
  });
  afterEach(() => void vi.useRealTimers());

  const a = { key: 'a', version: 1 };
  const takes = (count: number) => Array.from({ length: count }, () => leases.take('a', 1));

  it('lets in as many runs as it was given, and asks once for more', () => {
    leases.grant({ ...a, runs: 2 });
    expect(takes(4)).toEqual([true, true, false, false]);
    expect(told).toEqual([
      { type: 'switch-used', switches: [{ ...a, runs: 2 }] },
      { type: 'switch-wanted', ...a },
    ]);
    leases.grant({ ...a, runs: 1 });
    expect(takes(2)).toEqual([true, false]);
    expect(told.slice(2)).toEqual([
      { type: 'switch-used', switches: [{ ...a, runs: 1 }] },
      { type: 'switch-wanted', ...a },
    ]);
  });

  it('tells uses together, soon', () => {
    leases.grant({ ...a, runs: 100 });
    leases.grant({ key: 'b', version: 4, runs: 100 });
    takes(3);
    leases.take('b', 4);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(told).toEqual([
      {
        type: 'switch-used',
        switches: [
          { ...a, runs: 3 },
          { key: 'b', version: 4, runs: 1 },
        ],
      },
    ]);
    vi.advanceTimersByTime(500);
    expect(told).toHaveLength(1);
  });

  it('gives back what it has not used, and tells first what it has', () => {
    leases.grant({ ...a, runs: 10 });
    takes(4);
    leases.recall({ key: 'a', version: 2 });
    expect(told).toEqual([]);
    leases.recall(a);
    expect(told).toEqual([
      { type: 'switch-used', switches: [{ ...a, runs: 4 }] },
      { type: 'switch-returned', ...a, runs: 6 },
    ]);
    expect(takes(1)).toEqual([false]);
  });

  it('keeps the versions of a switch apart', () => {
    leases.grant({ ...a, runs: 5 });
    leases.grant({ key: 'a', version: 2, runs: 1 });
    expect(takes(1)).toEqual([false]);
    leases.grant({ ...a, runs: 5 });
    expect(takes(1)).toEqual([false]);
    expect(leases.take('a', 2)).toBe(true);
    leases.keep({ a: { version: 2, left: 1 } });
    leases.grant({ key: 'a', version: 2, runs: 1 });
    expect(leases.take('a', 2)).toBe(true);
    leases.keep({});
    leases.grant({ key: 'a', version: 3, runs: 1 });
    expect(leases.take('a', 3)).toBe(true);
  });
});
