import { describe, expect, it } from 'vitest';
import { inBytes, isRedacted, markOf } from './mark.ts';
import { shortValue, typeInWords } from './short-value.ts';

describe('a value on one line', () => {
  it.each<[unknown, string]>([
    ['O-88122-1', '"O-88122-1"'],
    ['two\nlines', '"two\\nlines"'],
    [undefined, 'nothing'],
    [null, 'null'],
    [{ id: 7, lines: [1, true] }, '{"id":7,"lines":[1,true]}'],
    [{ a: { b: { c: { d: 1 } } } }, '{"a":{"b":{"c":{…}}}}'],
    [{ key: { $secret: 'token' } }, '{"key":secret token}'],
    ['x'.repeat(100), `"${'x'.repeat(58)}…`],
  ])('%j', (value, text) => expect(shortValue(value)).toBe(text));

  it('looks only at what it shows', () => {
    const value = new Proxy(Array.from({ length: 1000 }), {
      get: (target, key) => (Number(key) > 50 ? expect.fail('read too much') : Reflect.get(target, key)),
    });
    expect(shortValue(value.fill('abc', 0, 1), 20)).toHaveLength(20);
  });
});

it.each<[unknown, string]>([
  [[1], '1 item'],
  [Array.from({ length: 1200 }), '1,200 items'],
  [{ a: 1, b: 2 }, '2 keys'],
  ['a', 'text'],
  [1, 'number'],
  [{ $bytes: 'AAEC' }, 'bytes'],
])('says what kind %j is', (value, words) => expect(typeInWords(value)).toBe(words));

describe('what stands for something else', () => {
  it.each<[unknown, string | null]>([
    [{ $cut: { bytes: 1_234_567, hash: '1f3a5c7e', head: 'abc' } }, 'cut: 1.2 MB, hash 1f3a5c7e'],
    [{ $cut: { bytes: 2_000_000, head: 'abc', atLeast: true } }, 'cut: at least 2 MB'],
    [{ $cut: { items: 12_000, head: '[1,' } }, 'cut: 12,000 items'],
    [{ $secret: 'token' }, 'secret token'],
    [{ $date: '2026-11-21T14:22:17.052Z' }, '2026-11-21T14:22:17.052Z'],
    [{ $bytes: 'AAEC' }, '3 B of binary data'],
    [{ $cut: 1 }, null],
    [{ $secret: 'a', more: 1 }, null],
    ['$secret', null],
  ])('%j', (value, text) => expect(markOf(value)?.text ?? null).toBe(text));

  it.each([
    ['[redacted:4f2a]', true],
    ['[redacted]', true],
    ['is [redacted:4f2a]', false],
  ])('%s', (text, is) => expect(isRedacted(text)).toBe(is));
});

it.each([
  [812, '812 B'],
  [73_211, '73.2 kB'],
  [999_999, '1 MB'],
  [123_456_789, '123 MB'],
])('writes %d bytes for people', (bytes, text) => expect(inBytes(bytes)).toBe(text));
