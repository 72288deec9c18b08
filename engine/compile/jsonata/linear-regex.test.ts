import { describe, expect, it } from 'vitest';
import { begin } from './budget.ts';
import { LinearRegex, RegexFault } from './linear-regex.ts';

const search = (pattern: RegExp, text: string, from = 0) => {
  begin();
  return new LinearRegex(pattern).searcher()(text, from);
};

describe('finds what RegExp finds', () => {
  const cases: [RegExp, string][] = [
    [/a(b)?(c)/, 'xxac'],
    [/^b$/m, 'a\nb\nc'],
    [/HELLO/i, 'say hello'],
    [/\d{2,4}-\w+/, 'on 2024-ab'],
    [/[\s\S]+?b/, 'a\n b'],
    [/\S+\s\S+/, 'a b'],
    [/[^\s,]+/, ' , x'],
    [/\bword\b/, 'a word'],
    [/a|ab|abc/, 'abc'],
    [/(a+?)(a*)/, 'aaaa'],
    [/\u0041\x42\//, 'AB/'],
    [/(?<year>\d+)-(?:x)/, '12-x'],
    [/[\]\\^-]+/, 'a]\\^-'],
    [/ä+/i, 'ÄÖ'],
    [/x*/, 'abc'],
    [/nothing/, 'abc'],
  ];
  it.each(cases)('%s in %j', (pattern, text) => {
    const expected = pattern.exec(text);
    const found = search(pattern, text);
    expect(found && { match: found.match, index: found.start, groups: found.groups }).toEqual(
      expected ? { match: expected[0], index: expected.index, groups: expected.slice(1) } : undefined,
    );
  });
});

it('searches from an index without losing sight of what is before it', () => {
  expect(search(/^a/, 'aa', 1)).toBeUndefined();
  expect(search(/\bb/, 'ab', 1)).toBeUndefined();
  expect(search(/a/, 'aba', 1)).toMatchObject({ start: 2, end: 3 });
  expect(search(/a/, 'a', 5)).toBeUndefined();
});

it('takes a code point for a character', () => {
  expect(search(/^.$/, '😀')).toMatchObject({ start: 0, end: 2 });
});

describe('refuses what cannot be linear, and says so', () => {
  it.each([/a(?=b)/, /a(?!b)/, /(?<=a)b/, /(?<!a)b/])('%s', (pattern) => {
    expect(() => new LinearRegex(pattern)).toThrow(/look-ahead and look-behind .* linear-time regular expressions/);
  });
  it.each([/(a)\1/, /(?<n>a)\k<n>/])('%s', (pattern) => {
    expect(() => new LinearRegex(pattern)).toThrow(/back-references .* linear-time regular expressions/);
  });
  it('but not what only looks like it', () => {
    expect(search(/[(?=]+/, 'a(?=')).toMatchObject({ match: '(?=' });
    expect(search(/\\1/, '\\1')).toMatchObject({ match: '\\1' });
    expect(search(/\(\?=/, '(?=')).toMatchObject({ match: '(?=' });
  });
  it('and what RE2 does not take', () => {
    expect(() => new LinearRegex(/a{1,2000}/)).toThrow(RegexFault);
    expect(() => new LinearRegex(/[\b]/)).toThrow(RegexFault);
  });
});

it('keeps working after many other patterns', () => {
  const regex = new LinearRegex(/a+/);
  for (let index = 0; index < 500; index++) new LinearRegex(new RegExp(`b${index}`));
  begin();
  expect(regex.searcher()('xaay', 0)).toMatchObject({ match: 'aa' });
});
