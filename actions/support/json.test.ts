import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJson, encodeJson } from './json.ts';

const fault = (text: string): string => {
  try {
    decodeJson(text, '`json`');
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return 'accepted';
};

describe('decodeJson', () => {
  it.each([
    ['', 'line 1, column 1: found the end, expected a value'],
    ['{"a":1,}', 'line 1, column 8: found "}", expected a key in double quotes'],
    ['{\n  "a" 1\n}', 'line 2, column 7: found "1", expected ":"'],
    ['{"a":1\n "b":2}', 'line 2, column 2: found "\\"", expected "," or "}"'],
    ['[1, 2', 'line 1, column 6: found the end, expected "," or "]"'],
    ['[1,\r\n oops]', 'line 2, column 2: found "o", expected a value'],
    ['"abc', 'line 1, column 5: found the end, expected a closing quote'],
    ['"a\\x"', 'line 1, column 3: found "\\\\", expected an escape that JSON has'],
    ['"a\nb"', 'line 1, column 3: found U+000A, expected an escape such as "\\n" for a control character'],
    ['01', 'line 1, column 2: found "1", expected the end'],
    ['-', 'line 1, column 1: found "-", expected a value'],
    ['true false', 'line 1, column 6: found "f", expected the end'],
    ["{'a':1}", 'line 1, column 2: found "\'", expected a key in double quotes'],
    ['\u202E1', 'line 1, column 1: found U+202E, expected a value'],
  ])('finds the fault in %j', (text, where) => expect(fault(text)).toBe(`\`json\` is not valid JSON at ${where}`));

  it('finds a fault in every text that the runtime refuses', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', '\\', '\u0001', '0', 'x', ':'))
      .map(([text, at, extra]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + extra + text.slice(cut + 1);
      });
    fc.assert(
      fc.property(broken, (text) => {
        let refused = false;
        try {
          JSON.parse(text);
        } catch {
          refused = true;
        }
        const message = fault(text);
        expect(message === 'accepted').toBe(!refused);
        expect(message).not.toContain('found the end, expected the end');
      }),
    );
  });

  it('ignores a byte order mark', () => expect(decodeJson('\uFEFF[1]', 'x')).toEqual([1]));

  it('keeps __proto__ as a plain own key', () => {
    const value = decodeJson('{"__proto__":{"polluted":true},"a":1}', 'x') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('refuses what is nested too deeply, and counts brackets inside texts as text', () => {
    expect(fault('['.repeat(100_000) + ']'.repeat(100_000))).toContain('deeper than 1000 levels');
    expect(fault('['.repeat(100_000))).toContain('deeper than 1000 levels');
    expect(fault(`${'{"a":'.repeat(999)}1${'}'.repeat(999)}`)).toBe('accepted');
    expect(fault(JSON.stringify(['[\\"{'.repeat(5000)]))).toBe('accepted');
  });
});

describe('encodeJson', () => {
  it('says the same as JSON.stringify for JSON values, sorted or not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(encodeJson(value, 'x')).toBe(JSON.stringify(value));
        expect(JSON.parse(encodeJson(value, 'x', true))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('sorts the keys at every level', () =>
    expect(encodeJson({ b: [{ d: 1, c: 2 }], a: null, B: 0 }, 'x', true)).toBe('{"B":0,"a":null,"b":[{"c":2,"d":1}]}'));

  it('writes dates, bytes and what is missing', () =>
    expect(encodeJson({ at: new Date(0), raw: Buffer.from('hi'), none: undefined, list: [undefined] }, 'x')).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","raw":"aGk=","list":[null]}',
    ));

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [() => 1]])('refuses %s', (value) =>
    expect(() => encodeJson({ value }, '`data`')).toThrow(/`data` holds .*, which JSON cannot/),
  );

  it('refuses a cycle instead of running out of stack', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => encodeJson(cycle, '`data`')).toThrow('deeper than 1000 levels');
  });
});
