import { describe, expect, it } from 'vitest';
import { type Summary, summarize as summary } from './summary.ts';
import { weigh } from './weigh.ts';

const summarize = (value: unknown): Summary['value'] => summary(value).value;
const fresh = (value: unknown): number => weigh(value, new Set());

describe('what a value weighs', () => {
  it.each<[string, unknown, number]>([
    ['a text', 'x'.repeat(10_000), 10_000],
    ['binary data', Buffer.alloc(1_000_000), 1_000_000],
    ['a long list', new Array(5_000_000).fill(1), 40_000_000],
    ['a list of texts', Array.from({ length: 1_000 }, () => 'x'.repeat(1_000)), 1_000_000],
    ['texts deep inside', { a: { b: { c: ['x'.repeat(200_000)] } } }, 200_000],
    [
      'an object of many members',
      Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, 'y'.repeat(100)])),
      500_000,
    ],
  ])('of %s is about right', (_, value, bytes) => {
    expect(fresh(value)).toBeGreaterThan(bytes * 0.9);
    expect(fresh(value)).toBeLessThan(bytes * 1.5);
  });

  it('of what is heavy counts once, wherever it turns up', () => {
    const heavy = Buffer.alloc(1_000_000);
    const list = new Array(100_000).fill(0);
    const text = 'x'.repeat(1_000_000);
    const seen = new Set<unknown>();
    expect(weigh({ heavy, list, text }, seen)).toBeGreaterThan(2_800_000);
    expect(weigh([heavy, { list }, text], seen)).toBeLessThan(1_000);
  });

  it('never fails, whatever it is asked of', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    const thrower = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    for (const value of [cyclic, thrower, hostile, undefined, 12n, Symbol('x'), () => 1, Number.NaN, new Map()])
      expect(fresh(value)).toBeGreaterThanOrEqual(0);
  });
});

describe('the summary of a value', () => {
  it('shows small data as it is, and of large data how much there was', () => {
    const small = { a: [1, 'two', null], b: true };
    expect(summary(small)).toEqual({ value: small, isCut: false });
    expect(summary({ text: 'x'.repeat(1_000) }).isCut).toBe(true);
    expect(summarize('x'.repeat(1_000))).toBe('… (cut, 1000 characters)');
    const list = Array.from({ length: 100 }, (_, i) => i);
    expect(summarize(list)).toEqual([...list.slice(0, 10), '… (cut, 100 items)']);
    expect(summarize({ body: Buffer.alloc(5_000) })).toEqual({ body: '… (cut, 5000 bytes)' });
    expect(summarize(JSON.parse('{"__proto__":1}'))).toEqual(JSON.parse('{"__proto__":1}'));
  });

  it('is small, whatever it stands for', () => {
    const wide = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 'y'.repeat(1_000)));
    expect(JSON.stringify(summarize({ wide, also: { wide } })).length).toBeLessThan(30_000);
  });
});
