import { describe, expect, it } from 'vitest';
import { found, quote } from './found.ts';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  it.each<[string, string[], string | undefined]>([
    ['prot', ['port', 'host'], 'port'],
    ['PORT', ['port', 'host'], 'port'],
    ['delimeter', ['delimiter', 'array'], 'delimiter'],
    ['loglevel', ['log', 'logLevel'], 'logLevel'],
    ['id', ['title'], undefined],
    ['x', [], undefined],
    ['completely different', ['port'], undefined],
    ['a'.repeat(1_000_000), ['a'], undefined],
  ])('%.20s of %j is %s', (word, candidates, near) => expect(nearest(word, candidates)).toBe(near));
});

describe('found', () => {
  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    [-0.5, '-0.5'],
    ['a"b', '"a\\"b"'],
    [[], 'an empty array'],
    [[1, 2], 'an array of 2'],
    [{}, 'an empty object'],
    [{ a: 1, b: 2, c: 3, d: 4 }, 'an object with "a", "b", "c" …'],
  ])('%j is %s', (value, words) => expect(found(value)).toBe(words));

  it('stays short and on one line', () => {
    expect(found('x'.repeat(1000))).toHaveLength(63);
    expect(quote('a\nb\u2028c\u202ed\u009be')).toBe('"a\\nb\\u{2028}c\\u{202e}d\\u{9b}e"');
  });
});
