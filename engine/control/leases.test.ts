import { describe, expect, it } from 'vitest';
import { Leases } from './leases.ts';

describe('Leases', () => {
  it('gives one worker everything', () => {
    const leases = new Leases(100, 30);
    expect(leases.grant('a', 1)).toBe(70);
    leases.use('a', 20);
    expect([leases.left, leases.used, leases.anyFree]).toEqual([50, 50, false]);
  });

  it('gives several workers shares that shrink, down to one', () => {
    const leases = new Leases(20, 0);
    const shares = Array.from({ length: 20 }, (_, turn) => leases.grant(turn % 2 ? 'b' : 'a', 2));
    expect(shares[0]).toBe(5);
    expect(shares).toEqual(shares.toSorted((x, y) => y - x));
    expect(shares.reduce((sum, share) => sum + share)).toBe(20);
    expect(shares.at(-1)).toBe(0);
  });

  it('serves who waits from what others give back', () => {
    const leases = new Leases(3, 0);
    expect(leases.grant('a', 1)).toBe(3);
    expect(leases.grant('b', 2)).toBe(0);
    expect([leases.next, leases.anyFree, leases.holders('b')]).toEqual(['b', false, ['a']]);
    leases.use('a', 1);
    leases.giveBack('a', 2);
    expect(leases.anyFree).toBe(true);
    expect(leases.grant('b', 2)).toBe(1);
    expect([leases.next, leases.holders('x')]).toEqual([undefined, ['b']]);
  });

  it('counts what a dead worker held as used, and what one held that said farewell as free', () => {
    const leases = new Leases(10, 0);
    leases.grant('a', 2);
    leases.grant('b', 2);
    leases.use('a', 1);
    leases.forget('a', false);
    expect([leases.used, leases.lost, leases.left]).toEqual([3, 2, 7]);
    leases.forget('b', true);
    expect([leases.used, leases.lost, leases.left]).toEqual([3, 2, 7]);
    expect([leases.knows('a'), leases.knows('b')]).toEqual([false, false]);
    expect(leases.grant('c', 1)).toBe(7);
  });

  it('never gives more than there are, whatever workers do', () => {
    // A reproducible walk through grants, uses, returns and deaths; written runs are counted apart.
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      const times = 1 + random(60);
      const leases = new Leases(times, 0);
      const held = new Map<string, number>();
      let written = 0;
      for (let step = 0; step < 300; step++) {
        const worker = `w${random(3)}`;
        const has = held.get(worker) ?? 0;
        switch (random(5)) {
          case 0:
            held.set(worker, has + leases.grant(worker, 3));
            break;
          case 1:
          case 2: {
            const runs = Math.min(has, random(4));
            written += runs;
            held.set(worker, has - runs);
            leases.use(worker, runs);
            break;
          }
          case 3:
            held.set(worker, 0);
            leases.giveBack(worker, has);
            break;
          case 4:
            if (random(20) > 0) break;
            // It had written some of them, and told nobody.
            written += Math.min(has, random(4));
            held.set(worker, 0);
            leases.forget(worker, false);
        }
        expect(written).toBeLessThanOrEqual(times);
        expect(leases.left).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
