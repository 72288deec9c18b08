import { describe, expect, it } from 'vitest';
import { copyLevels, lexemes } from './scan.ts';

const pieces = (text: string): string[] => [...lexemes(text)].map((piece) => piece.text);

describe('lexemes', () => {
  const cases: [string, string[]][] = [
    ['a.b[0]', ['a', '.', 'b', '[', '0', ']']],
    ['"a \\" }" & \'}\'', ['"a \\" }"', '&', "'}'"]],
    ['a / b / c', ['a', '/', 'b', '/', 'c']],
    ['$match(a, /[/"]\\/\\}/i)', ['$match', '(', 'a', ',', '/[/"]\\/\\}/i', ')']],
    ['(a)/2', ['(', 'a', ')', '/', '2']],
    ['a and /b/', ['a', 'and', '/b/']],
    ['`a "b` + /* } */ 1', ['`a "b`', '+', '/* } */', '1']],
    ['a ?: b ?? c', ['a', '?:', 'b', '??', 'c']],
    ['"never closed', []],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });
});

describe('copyLevels', () => {
  const cases: [string, number][] = [
    ['a + b', 0],
    ['a ?: b ?: c', 1],
    ['(a ?: b) ?: c', 2],
    ['((a ?? b).x[y ?: z] ?? c) ?: d', 3],
    ['f(a ?: b) & f(a ?: b)', 1],
    ['a ?: (b ?: (c ?: d))', 1],
    ['"(a ?: b) ?: c"', 0],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(copyLevels(text)).toBe(expected);
  });
});
