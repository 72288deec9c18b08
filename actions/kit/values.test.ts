import { describe, expect, it } from 'vitest';
import { isEqual } from './index.ts';

/** `[[[…]]]`, the same part twice at each level if asked. */
const nest = (levels: number, twice: boolean): unknown => {
  let value: unknown = [];
  for (let level = 0; level < levels; level += 1) value = twice ? [value, value] : [value];
  return value;
};

describe('isEqual', () => {
  it.each([
    [1, 1, true],
    [Number.NaN, Number.NaN, true],
    [0, -0, true],
    [null, undefined, true],
    [null, 0, false],
    [[1, [2]], [1, [2]], true],
    [[1, [2]], [1, [3]], false],
    [[1], [1, 1], false],
    [{ a: 1, b: [{}] }, { b: [{}], a: 1 }, true],
    [{ a: undefined }, { a: null }, true],
    [{ a: null }, { b: null }, false],
    [[], {}, false],
    [{}, [], false],
    [new Date(5), new Date(5), true],
    [new Date(5), {}, false],
    [new Uint8Array([1]), new Uint8Array([1]), true],
    [new Uint8Array([1]), [1], false],
    [{}, JSON.parse('{"__proto__":null}'), false],
  ])('%o and %o: %s', (a, b, expected) => {
    expect(isEqual(a, b)).toBe(expected);
    expect(isEqual(b, a)).toBe(expected);
  });

  it('takes what is deeper than the stack', () => {
    expect(isEqual(nest(200_000, false), nest(200_000, false))).toBe(true);
    expect(isEqual(nest(200_000, false), nest(199_999, false))).toBe(false);
  });

  it('takes what is shared over and over, and what is in itself', () => {
    expect(isEqual(nest(60, true), nest(60, true))).toBe(true);
    const endless = (end: number): unknown => {
      const ring: unknown[] = [end];
      ring.push(ring);
      return ring;
    };
    expect(isEqual(endless(1), endless(1))).toBe(true);
    expect(isEqual(endless(1), endless(2))).toBe(false);
  });
});
