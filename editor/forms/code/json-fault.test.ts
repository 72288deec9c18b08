import { describe, expect, it } from 'vitest';
import { formatJson, jsonFault } from './json-fault.ts';
import { minimalChange } from './minimal-change.ts';

describe('what is wrong with JSON', () => {
  it.each<[string, number | null, RegExp | null]>([
    ['{"a": [1, true]}', null, null],
    ['', null, null],
    ['{"a": 1,}', 8, /^Line 1, column 9: /],
    ['{\n  "a": "x" "b"\n}', 13, /^Line 2, column 12: .*","/],
    ['["😀", x]', 7, /^Line 1, column 7: /],
    ['{"a": 1, "a": 2}', 9, /twice/],
  ])('%j', (text, position, message) => {
    const fault = jsonFault(text);
    expect(fault?.position ?? null).toBe(position);
    if (message !== null) expect(fault?.message).toMatch(message);
  });
});

it('puts JSON into lines, and leaves what is none alone', () => {
  expect(formatJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(formatJson('{"a":')).toBe('{"a":');
});

it.each([
  ['abc', 'abc', null],
  ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
  ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
  ['one two', 'one 2', { from: 4, to: 7, insert: '2' }],
  ['', 'new', { from: 0, to: 0, insert: 'new' }],
])('changes %j into %j where they differ', (before, after, change) =>
  expect(minimalChange(before, after)).toEqual(change),
);
