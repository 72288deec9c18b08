// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${name} is what workflows write here.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { ActionDefinition } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeAll(async () => {
  opened = await openActionContext();
});
afterAll(() => opened.close());

const run = (id: string, given: Record<string, unknown>): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, opened.context);
const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as Record<
  string,
  unknown
>;

describe('__proto__ is a key like any other', () => {
  const polluted = (): unknown => (Object.prototype as Record<string, unknown>).polluted;

  it('for object/put and object/get', () => {
    const result = run('object/put', { object: { a: 1 }, key: '__proto__', value: { polluted: true } }) as Record<
      string,
      unknown
    >;
    expect(Object.keys(result)).toEqual(['a', '__proto__']);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(run('object/get', { object: result, key: '__proto__' })).toEqual({ polluted: true });
    expect(run('object/get', { object: {}, key: '__proto__' })).toBeNull();
    expect(polluted()).toBeUndefined();
  });

  it('for object/merge and the JSON actions', () => {
    const merged = run('object/merge', { object: { a: 1 }, with: hostile }) as Record<string, unknown>;
    expect(Object.keys(merged)).toEqual(['a', '__proto__', 'constructor']);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    const text = run('data/json/encode', { data: merged });
    expect(text).toBe('{"__proto__":{"polluted":true},"a":1,"constructor":{"prototype":{"polluted":true}}}');
    expect(Object.keys(run('data/json/decode', { json: text }) as object)).toContain('__proto__');
    expect(run('data/json/to-xml', { json: hostile, wrapper: 'x' })).toContain(
      '<__proto__><polluted>true</polluted></__proto__>',
    );
    expect(polluted()).toBeUndefined();
  });

  it('for texts and formulas', () => {
    const text = { string: '${__proto__}', format: '${variable}', variable: {} };
    expect(() => run('string/interpolate', text)).toThrow('needs the variable `__proto__`');
    expect(() => run('math/calculate', { expression: 'constructor', variables: {} })).toThrow('no variable');
  });
});

describe('texts', () => {
  it('split gives words without white space, and all of them', () => {
    const words = fc.array(
      fc.string({ minLength: 1, unit: fc.constantFrom('a', 'ß', '\u00a0', '\u2007', '\u202f', '\ufeff', '😀') }),
    );
    const gap = fc.string({
      minLength: 1,
      unit: fc.constantFrom(' ', '\t', '\n', '\r', '\u0085', '\u2003', '\u2028', '\u3000'),
    });
    fc.assert(
      fc.property(words, gap, gap, (list, before, between) => {
        const string = before + list.join(between) + between;
        expect(run('string/split', { string })).toEqual(list);
      }),
    );
  });

  it('split-by-newline is undone by joining, whatever the parts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', ' ') }),
        fc.integer({ min: 1, max: 5 }),
        (string, parts) => {
          const array = run('string/split-by-newline', { string, parts }) as string[];
          expect(array.length).toBeLessThanOrEqual(parts);
          expect(run('string/join', { array, delimiter: '\n' })).toBe(string);
        },
      ),
    );
  });

  it('split-by-newline leaves out empty lines without counting them', () => {
    const string = '\n\r\na\n\n\nb\nc';
    expect(run('string/split-by-newline', { string, trim: true, parts: 2 })).toEqual(['a', '\n\nb\nc']);
    expect(run('string/split-by-newline', { string: '\n\n', trim: true })).toEqual([]);
    expect(run('string/split-by-newline', { string: 'a\rb' })).toEqual(['a\rb']);
    expect(run('string/split-by-newline', { string: '' })).toEqual(['']);
  });

  it('interpolate leaves what is no placeholder alone', () => {
    const fill = (string: string, format: string): unknown =>
      run('string/interpolate', { string, format, variable: { a: 1, b: null } });
    expect(fill('${a}${ b }<%=a%>$a {a} ${', '${variable}')).toBe('1<%=a%>$a {a} ${');
    expect(fill('${a}<%= a %>-<%=b%>-<%=', '<%=variable%>')).toBe('${a}1--<%=');
  });

  it('interpolate takes time in proportion to its text', () => {
    const string = '${'.repeat(200_000);
    expect(run('string/interpolate', { string, format: '${variable}', variable: {} })).toBe(string);
  });

  it('join names the item that is no text', () =>
    expect(() => run('string/join', { array: ['a', { b: 1 }], delimiter: '' })).toThrow('`array[1]` must be a text'));
});

describe('arrays', () => {
  it('at and take count from both ends', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: -20, max: 20 }), (array, n) => {
        expect(run('array/at', { array, at: n })).toBe(array[n < 0 ? array.length + n : n] ?? null);
        const taken = run('array/take', { array, count: n }) as number[];
        expect(taken).toHaveLength(Math.min(Math.abs(n), array.length));
        expect(taken).toEqual(array.filter((_, i) => (n < 0 ? i >= array.length + n : i < n)));
      }),
    );
  });
});

describe('conditions', () => {
  const kinds = ['array', 'boolean', 'integer', 'float', 'null', 'object', 'string'];
  it.each([
    [[1], ['array', 'non-empty-list']],
    [[], ['array']],
    [false, ['boolean']],
    [10, ['integer', 'number']],
    [10.5, ['float', 'number']],
    [Number.NaN, []],
    [null, ['null']],
    [{}, ['object']],
    ['', ['string']],
    [' ', ['string', 'non-empty-string']],
    [Buffer.from('x'), []],
    [new Date(0), []],
  ])('%o is %j', (value, expected) => {
    const holding = [...kinds, 'number', 'non-empty-list', 'non-empty-string'].filter((kind) =>
      run(`condition/is-${kind}`, { value }),
    );
    expect(holding.sort()).toEqual([...expected].sort());
  });

  it('equality is that of the data', () => {
    const equal = (value: unknown, target: unknown): unknown => run('condition/is-equal-to', { value, target });
    fc.assert(fc.property(fc.jsonValue(), (value) => equal(value, structuredClone(value)) === true));
    expect(equal(hostile, structuredClone(hostile))).toBe(true);
    expect(equal({}, JSON.parse('{"__proto__":null}'))).toBe(false);
    expect(equal([], {})).toBe(false);
    expect(equal(Buffer.from('a'), Buffer.from('a'))).toBe(true);
    expect(equal(new Date(1), new Date(1))).toBe(true);
  });
});

describe('XML', () => {
  const xml = (json: unknown, wrapper = 'x'): unknown => run('data/json/to-xml', { json, wrapper });

  it('holds any text that XML can hold, escaped', () => {
    expect(xml({ a: '<&>"\'\r\n\t😀' })).toBe('<x><a>&lt;&amp;&gt;"\'&#13;\n\t😀</a></x>');
    expect(xml({ a: [], b: [null, '', {}], c: false, größe: 1 })).toBe(
      '<x><b/><b/><b/><c>false</c><größe>1</größe></x>',
    );
    expect(xml([])).toBe('<x/>');
    expect(xml({ at: new Date(0), raw: Buffer.from('hi') })).toBe(
      '<x><at>1970-01-01T00:00:00.000Z</at><raw>aGk=</raw></x>',
    );
    expect(xml('"text"')).toBe('<x>text</x>');
  });

  it.each([[{ a: '\u0000' }], [{ a: '\u001b' }], [{ a: '\ufffe' }], [{ a: '\ud800' }]])(
    'refuses the character in %j',
    (json) => expect(() => xml(json)).toThrow(/holds the character U\+[0-9A-F]{4}/),
  );

  it.each(['', '1a', 'a b', '-a', 'a>', 'a/', '<a', 'a=""'])('refuses the name %j', (name) => {
    expect(() => xml({ [name]: 1 })).toThrow('is no XML name');
    expect(() => xml(1, name)).toThrow('is no XML name');
  });

  it('refuses what is nested too deeply', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 1100; i += 1) deep = { a: deep };
    expect(() => xml(deep)).toThrow('deeper than 1000 levels');
  });
});

describe('formulas', () => {
  it('must give a number, true or false', () =>
    expect(() => run('math/calculate', { expression: 'a', variables: { a: 'x' } })).toThrow(
      'gives "x" (text), allowed are a number, true and false',
    ));
  it('have a longest length', () =>
    expect(() => run('math/calculate', { expression: `${' '.repeat(10_000)}1` })).toThrow(
      'has 10001 characters, allowed are 10000',
    ));
  it('give the same again, also after many others', () => {
    const calculate = (n: number): unknown => run('math/calculate', { expression: `a + ${n}`, variables: { a: n } });
    for (let n = 0; n < 1200; n += 1) expect(calculate(n)).toBe(2 * n);
    expect(calculate(0)).toBe(0);
  });
});
