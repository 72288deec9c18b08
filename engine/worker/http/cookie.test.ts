import { describe, expect, it } from 'vitest';
import { parseCookies, withoutEditorCookies } from './cookie.ts';

describe('parseCookies', () => {
  it.each([
    [undefined, {}],
    ['', {}],
    ['a=1', { a: '1' }],
    ['a=1; b=2', { a: '1', b: '2' }],
    ['a=1;b=2;', { a: '1', b: '2' }],
    ['a="1 2"', { a: '1 2' }],
    ['a=x=y', { a: 'x=y' }],
    ['a=%41', { a: '%41' }],
    ['a=first; a=second', { a: 'first' }],
    ['=nothing; flag; b=2', { b: '2' }],
    ['__Host-sluice=secret; a=1; sluice-session=secret', { a: '1' }],
  ])('%s', (header, expected) => {
    expect(parseCookies(header)).toEqual(expected);
  });

  it('takes __proto__ for a name as any other', () => {
    expect(Object.keys(parseCookies('__proto__=1'))).toEqual(['__proto__']);
  });
});

describe('withoutEditorCookies', () => {
  it('leaves the others as they came', () => {
    expect(withoutEditorCookies('a="1"; __Host-sluice=x; b=2')).toBe('a="1"; b=2');
    expect(withoutEditorCookies('sluice-session=x')).toBeUndefined();
  });
});
