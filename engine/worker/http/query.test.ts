import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.ts';

describe('parseQuery', () => {
  it.each([
    ['', {}],
    ['&&', {}],
    ['a=1', { a: '1' }],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a', { a: '' }],
    ['a=', { a: '' }],
    ['=1', { '': '1' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['a+b=c+d%2Be', { 'a b': 'c d+e' }],
    ['n=%C3%A4', { n: 'ä' }],
    ['n=%zz%41', { n: '%zzA' }],
    ['n=%ff%41', { n: '%ff%41' }],
    ['n=50%', { n: '50%' }],
    ['a[]=1', { 'a[]': '1' }],
  ])('%s', (text, expected) => {
    expect(parseQuery(text)).toEqual(expected);
  });

  it('starts where it is told', () => {
    expect(parseQuery('/path?x=1', 6)).toEqual({ x: '1' });
  });

  it('agrees with URLSearchParams on everything that is well-formed', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pairs, (list) => {
        const expected: Record<string, unknown> = Object.create(null);
        for (const [name, value] of list) {
          const before = expected[name];
          expected[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
        }
        expect({ ...parseQuery(new URLSearchParams(list).toString()) }).toEqual({ ...expected });
      }),
    );
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes %s for a name as any other', (name) => {
    const query = parseQuery(`${name}=a&${name}=b`);
    expect(Object.keys(query ?? {})).toEqual([name]);
    expect(query?.[name]).toEqual(['a', 'b']);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(JSON.stringify(query)).toBe(`{"${name}":["a","b"]}`);
  });

  it('finds nothing that was not sent', () => {
    expect(parseQuery('a=1')?.constructor).toBeUndefined();
  });

  it('takes 1,000 parameters and no more', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `p${i}=1`).join('&');
    expect(Object.keys(parseQuery(many) ?? {})).toHaveLength(1000);
    expect(parseQuery(`${many}&p=1`)).toBeNull();
  });
});
