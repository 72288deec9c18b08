import { describe, expect, it } from 'vitest';
import { nextCount, ownPart, spellUlid, ulid } from './ulid.ts';
import { formatUlid } from './ulid-text.ts';

describe('ids of runs', () => {
  it('are ULIDs: 26 characters of Crockford base 32, the first 10 the time', () => {
    expect(ulid()).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    // The example of the ULID specification.
    expect(spellUlid(1469918176385, 0).slice(0, 10)).toBe('01ARYZ6S41');
  });

  it('increase within a process, and are never the same', () => {
    const ids = Array.from({ length: 5_000 }, ulid);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('can be spelled elsewhere from their parts', () => {
    for (const ms of [0, 1469918176385, 2 ** 48 - 1]) {
      const count = nextCount();
      expect(formatUlid(ms, ownPart, count)).toBe(spellUlid(ms, count));
    }
    // The counter needs more than 32 bits.
    expect(formatUlid(1, ownPart, 2 ** 34 + 7)).toBe(spellUlid(1, 2 ** 34 + 7));
  });
});
