import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepestJson, parseJsonBytes, parseJsonText } from './json-text.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('parseJsonText', () => {
  it.each([
    ['', 1, 1, 'found the end of the file; allowed is a value. The file may have been cut short'],
    [
      '{\n  "a": 1,\n  "b": [1, 2',
      3,
      13,
      'found the end of the file; allowed is "," or the closing bracket. The file may have been cut short',
    ],
    ['{"a": 1,}', 1, 9, 'found "}"; allowed is a key in double quotes'],
    ['{"a": 1\n "b": 2}', 2, 2, 'found "b"; allowed is "," or the closing bracket'],
    ['{a: 1}', 1, 2, 'found "a"; allowed is a key in double quotes or "}"'],
    ['{"a" 1}', 1, 6, 'found "1"; allowed is ":"'],
    ['[1, 2}', 1, 6, 'found "}"; allowed is "," or the closing bracket'],
    ['{"a": 1]', 1, 8, 'found "]"; allowed is "," or the closing bracket'],
    ['[01]', 1, 2, 'found "01"; allowed is a value or "]"'],
    ['[NaN]', 1, 2, 'found "NaN"; allowed is a value or "]"'],
    ['{} {}', 1, 4, 'found "{"; allowed is nothing more after the value'],
    ['// no\n{}', 1, 1, 'found "/"; allowed is a value'],
    [
      '["a\nb"]',
      1,
      2,
      'found a text that is not closed, spans lines or holds an unknown escape; close it, or write \\n, \\" or \\\\',
    ],
    [
      '["\\x"]',
      1,
      2,
      'found a text that is not closed, spans lines or holds an unknown escape; close it, or write \\n, \\" or \\\\',
    ],
    ['<<<<<<< ours\n{}', 1, 1, 'found "<"; allowed is a value'],
    ['{"a": 1,\n "\\u0061": 2}', 2, 2, 'found the key "a" twice in one object; remove one'],
    ['["😀", x]', 1, 7, 'found "x"; allowed is a value'],
  ])('%j', (text, line, column, message) => {
    expect(parseJsonText(text).fault).toEqual({ line, column, message });
  });

  it('finds the same key twice only within one object', () => {
    expect(parseJsonText('[{"a": 1}, {"a": 2}, {"b": {"a": 3}, "a": 4}]').fault).toBeUndefined();
    expect(parseJsonText('{"a": {"b": 1}, "c": [{"d": 1}], "a": 2}').fault?.message).toContain('"a" twice');
  });

  it('bounds depth, however deep', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJsonText(nested(deepestJson)).fault).toBeUndefined();
    expect(parseJsonText(nested(deepestJson + 1)).fault?.column).toBe(deepestJson + 1);
    expect(parseJsonText('['.repeat(1_000_000)).fault?.message).toContain('the limit');
  });

  it('reads long texts', () => {
    const long = JSON.stringify('\\"\n😀x'.repeat(1_000_000));
    expect(parseJsonText(long).fault).toBeUndefined();
  });

  it('keeps __proto__ as data', () => {
    const { value } = parseJsonText('{"__proto__": {"polluted": true}}');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('accepts and refuses what JSON.parse does', () => {
    const damaged = fc
      .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '0', '\\', '\n', ' '))
      .map(
        ([text, at, change]) =>
          text.slice(0, at % (text.length + 1)) + change + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 5 }), damaged, fc.string()), (text) => {
        const { fault } = parseJsonText(text);
        let parsed = true;
        try {
          JSON.parse(text);
        } catch {
          parsed = false;
        }
        if (fault?.message.includes('twice')) return;
        expect(fault === undefined).toBe(parsed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseJsonBytes', () => {
  it.each([
    [
      'a byte order mark',
      bytes([0xef, 0xbb, 0xbf], '{}'),
      1,
      1,
      'found a byte order mark; save the file as UTF-8 without one',
    ],
    ['UTF-16', bytes([0xff, 0xfe], '{\0}\0'), 1, 1, 'found UTF-16; save the file as UTF-8 without a byte order mark'],
    [
      'Latin 1',
      bytes('{\n "é": "gr', [0xfc], 'n"}'),
      2,
      10,
      'found the byte 0xfc, which is not UTF-8; save the file as UTF-8',
    ],
    [
      'a cut character',
      bytes('{"a": "', [0xe2, 0x82]),
      1,
      8,
      'found the end of the file within a character. The file may have been cut short',
    ],
    ['NULs after a crash', bytes([0, 0, 0, 0]), 1, 1, 'found "\\u0000"; allowed is a value'],
  ])('%s', (_, content, line, column, message) => {
    expect(parseJsonBytes(content).fault).toEqual({ line, column, message });
  });

  it('gives value and text', () => {
    expect(parseJsonBytes(bytes('{"a":"ü"}'))).toEqual({ value: { a: 'ü' }, text: '{"a":"ü"}' });
  });
});
