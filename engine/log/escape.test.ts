import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bare, escapeJson, isOrdinary, quote } from './escape.ts';

/** What must never stand in a line: controls, format characters, separators, lone surrogates. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('quote', () => {
  it.each([
    ['Hello', '"Hello"'],
    ['say "hi" \\ bye', '"say \\"hi\\" \\\\ bye"'],
    ['a\r\nb\tc', '"a\\r\\nb\\tc"'],
    ['\u001b[31mred', '"\\u001b[31mred"'],
    ['a\u0085b\u009bc\u007f', '"a\\u0085b\\u009bc\\u007f"'],
    ['a\u2028b\u2029c', '"a\\u2028b\\u2029c"'],
    ['\u202etxt.exe\u2066\u00ad\ufeff', '"\\u202etxt.exe\\u2066\\u00ad\\ufeff"'],
    ['\ud800 and \udc00', '"\\ud800 and \\udc00"'],
    ['tag \u{e0041}', '"tag \\udb40\\udc41"'],
    ['größer 中文 😀', '"größer 中文 😀"'],
  ])('%j', (text, literal) => expect(quote(text)).toBe(literal));

  it('gives back the same text when parsed, and hides nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
        ),
        (text) => {
          const literal = quote(text);
          expect(JSON.parse(literal)).toBe(text);
          expect(literal).not.toMatch(hidden);
          if (isOrdinary(text)) expect(literal).toBe(`"${text}"`);
        },
      ),
    );
  });
});

it('bare shows quotes and backslashes as they were and keeps the rest escaped', () => {
  expect(bare(quote('C:\\temp "x"\nnext'))).toBe('C:\\temp "x"\\nnext');
});

it('escapeJson makes whole JSON text safe', () => {
  const json = escapeJson(JSON.stringify({ 'a\u202e': ['\u2028', 1] }));
  expect(json).toBe('{"a\\u202e":["\\u2028",1]}');
});
