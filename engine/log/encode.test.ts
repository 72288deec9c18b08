import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEncoder, type EncoderOptions } from './encode.ts';
import { createRedactor } from './redact.ts';

const redactor = createRedactor({ names: [], patterns: [], key: 'k' });
const make = (options: Partial<EncoderOptions> = {}) =>
  createEncoder({ maxValueBytes: 16_384, maxDepth: 32, maxKeys: 1000, redactor, ...options });
const encode = make();
/** Controls, format characters, separators, lone surrogates. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const cyclic: { [key: string]: unknown } = { a: [1] };
cyclic.self = cyclic;
(cyclic.a as unknown[]).push({ up: cyclic });
const twice = { x: 1 };

class Point {
  x = 1;
  #hidden = 2;
  get sum(): number {
    return this.x + this.#hidden;
  }
}

describe('what JSON has', () => {
  it.each([
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    1e300,
    'text',
    '',
    [],
    {},
    [1, [2, [3]]],
    { a: { b: [null, 'c'] } },
    { '': 1, 'a"b': 2 },
    'größer 中文 😀',
    { method: 'GET', path: '/hello', query: { name: 'World' }, body: null },
  ])('%j', (value) => expect(encode(value)).toBe(JSON.stringify(value)));

  it('shares are no cycles', () =>
    expect(encode([twice, twice, { twice }])).toBe('[{"x":1},{"x":1},{"twice":{"x":1}}]'));
  it('__proto__ is a key like another', () => expect(encode(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}'));
});

/** As of eight hex digits of the keyed hash, made here in its own way; a number is so many zero bytes. */
const hashOf = (content: string | number): string =>
  createHmac('sha256', 'k')
    .update(typeof content === 'string' ? content : Buffer.alloc(content))
    .digest('hex')
    .slice(0, 8);

describe('what JSON does not have', () => {
  const error = Object.assign(new TypeError('no good', { cause: new Error('deeper') }), { code: 'E1', extra: [1] });
  it.each<[string, unknown, string]>([
    ['undefined', undefined, '"[undefined]"'],
    ['undefined inside', { a: undefined, b: [undefined] }, '{"a":"[undefined]","b":["[undefined]"]}'],
    ['holes', Object.assign(new Array(2), { 0: 1 }), '[1,"[undefined]"]'],
    ['NaN', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], '["NaN","Infinity","-Infinity"]'],
    ['-0', -0, '-0'],
    ['BigInt', 12n, '"12n"'],
    ['a symbol', Symbol('s'), '"Symbol(s)"'],
    ['functions', [function named() {}, () => 1], '["[function named]","[function]"]'],
    ['dates', [new Date(0), new Date(Number.NaN)], '["1970-01-01T00:00:00.000Z","[invalid date]"]'],
    ['a buffer', Buffer.from('abc'), `"[Buffer 3 bytes #${hashOf('abc')}]"`],
    ['a Blob', new Blob(['abc'], { type: 'text/plain' }), '"[Blob 3 bytes text/plain]"'],
    [
      'typed arrays',
      [new Float64Array(3), new DataView(new ArrayBuffer(2)), new ArrayBuffer(4)],
      `["[Float64Array 24 bytes #${hashOf(24)}]","[DataView 2 bytes #${hashOf(2)}]","[ArrayBuffer 4 bytes #${hashOf(4)}]"]`,
    ],
    [
      'shared memory',
      [new SharedArrayBuffer(4), new Uint8Array(new SharedArrayBuffer(4))],
      `["[SharedArrayBuffer 4 bytes #${hashOf(4)}]","[Uint8Array 4 bytes #${hashOf(4)}]"]`,
    ],
    [
      'what cannot be looked into',
      [new WeakRef({}), [1].values(), new Map().keys(), (function* () {})()],
      '["[WeakRef]",{},"[Map Iterator]","[Generator]"]',
    ],
    [
      'large whole numbers',
      [10n ** 999n > 0n, 10n ** 1000n, -(10n ** 5000n)],
      '[true,"[BigInt above 10^1000]","[BigInt below -10^1000]"]',
    ],
    [
      'several errors',
      new AggregateError([new Error('a'), new RangeError('b')], 'both'),
      '{"name":"AggregateError","message":"both","errors":[{"name":"Error","message":"a"},{"name":"RangeError","message":"b"}]}',
    ],
    [
      'maps',
      new Map<unknown, unknown>([
        ['a', 1],
        [2, { b: 3 }],
      ]),
      '{"$map":{"a":1,"2":{"b":3}}}',
    ],
    ['sets', new Set([1, 'a']), '{"$set":[1,"a"]}'],
    [
      'errors',
      error,
      '{"name":"TypeError","message":"no good","code":"E1","cause":{"name":"Error","message":"deeper"},"extra":[1]}',
    ],
    ['a regular expression', /a"b/g, '"/a\\"b/g"'],
    ['promises and weak maps', [Promise.resolve(1), new WeakMap()], '["[Promise]","[WeakMap]"]'],
    ['boxes', [Object(1), Object('a'), Object(true)], '[1,"a",true]'],
    ['instances', new Point(), '{"x":1}'],
    ['no prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['a URL', new URL('http://localhost/x'), '"http://localhost/x"'],
    ['toJSON', { toJSON: () => ({ a: 1 }) }, '{"a":1}'],
    ['a toJSON that is data', { toJSON: 'text' }, '{"toJSON":"text"}'],
    ['cycles', cyclic, '{"a":[1,{"up":"[cyclic]"}],"self":"[cyclic]"}'],
  ])('%s', (_, value, text) => expect(encode(value)).toBe(text));
});

describe('values that resist', () => {
  const angry = () => {
    throw new Error('keep out');
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const itself: { toJSON(): unknown; a: number } = { a: 1, toJSON: () => itself };
  it.each<[string, unknown, string]>([
    [
      'a getter',
      {
        a: 1,
        get b() {
          return angry();
        },
        c: 3,
      },
      '{"a":1,"b":"[unreadable: keep out]","c":3}',
    ],
    ['toJSON', { toJSON: angry }, '"[unreadable: keep out]"'],
    [
      'toJSON of an instance',
      new (class {
        toJSON = angry;
      })(),
      '"[unreadable: keep out]"',
    ],
    ['a toJSON that gives itself', itself, '{"a":1,"toJSON":"[function toJSON]"}'],
    ['keys of a proxy', new Proxy({}, { ownKeys: angry }), '"[unreadable: keep out]"'],
    [
      'values of a proxy',
      new Proxy({ a: 1 }, { get: (_, key) => (key === 'toJSON' ? undefined : angry()) }),
      '{"a":"[unreadable: keep out]"}',
    ],
    ['the prototype of a proxy', new Proxy({}, { getPrototypeOf: angry }), '"[unreadable: keep out]"'],
    ['an iterator, which is not asked', Object.assign([1], { [Symbol.iterator]: angry }), '[1]'],
    ['a box', Object.assign(Object(1), { valueOf: angry }), '1'],
    [
      'an endless generator that can be iterated',
      {
        a: 1,
        *[Symbol.iterator]() {
          for (;;) yield 1;
        },
      },
      '{"a":1}',
    ],
    ['a tag', Object.defineProperty(new Map([['a', 1]]), Symbol.toStringTag, { get: angry }), '{"$map":{"a":1}}'],
    ['the size of a map', Object.defineProperty(new Map([['a', 1]]), 'size', { get: angry }), '{"$map":{"a":1}}'],
    [
      'the length of bytes',
      Object.defineProperty(new Uint8Array(2), 'byteLength', { get: angry }),
      `"[Uint8Array 2 bytes #${hashOf(2)}]"`,
    ],
    [
      'a proxy of an array that lies',
      new Proxy([1], { get: (target, key) => (key === 'length' ? { toString: angry } : Reflect.get(target, key)) }),
      '"[unreadable: keep out]"',
    ],
    [
      'what is thrown cannot be read',
      {
        get a() {
          throw Object.create(Error.prototype, { message: { get: angry } });
        },
      },
      '{"a":"[unreadable: no reason given]"}',
    ],
    [
      'nothing is thrown',
      {
        get a() {
          throw undefined;
        },
      },
      '{"a":"[unreadable: no reason given]"}',
    ],
  ])('%s', (_, value, text) => expect(encode(value)).toBe(text));

  it('a revoked proxy', () =>
    expect(encode([revoked.proxy])).toMatch(
      /^\["\[unreadable: Cannot perform '\w+' on a proxy that has been revoked\]"\]$/,
    ));

  it('a getter that encodes something else meanwhile', () => {
    const value = {
      list: [
        1,
        {
          get inner() {
            return encode({ long: 'x'.repeat(20_000) }).slice(0, 8);
          },
        },
      ],
      after: [2],
    };
    expect(JSON.parse(encode(value))).toEqual({ list: [1, { inner: '{"long":' }], after: [2] });
  });
});

describe('bounds', () => {
  const cut = (text: string): { $cut: { bytes?: number; items?: number; head: unknown; atLeast?: boolean } } =>
    JSON.parse(text);

  it('a text at the limit is whole, beyond it is cut and says how long it is', () => {
    expect(encode('x'.repeat(16_382))).toBe(`"${'x'.repeat(16_382)}"`);
    const text = encode('x'.repeat(73_211));
    const hash = hashOf('x'.repeat(73_211));
    expect(cut(text)).toEqual({ $cut: { bytes: 73_211, hash, head: 'x'.repeat(16_384) } });
    expect(text.startsWith(`{"$cut":{"bytes":73211,"hash":"${hash}","head":"xxx`)).toBe(true);
    expect(encode('x'.repeat(300), 100)).toBe(
      `{"$cut":{"bytes":300,"hash":"${hashOf('x'.repeat(300))}","head":"${'x'.repeat(100)}"}}`,
    );
  });

  it('bytes are bytes, and no character is cut in two', () => {
    for (const budget of [33, 34, 35, 36]) {
      const { $cut } = cut(encode('😀'.repeat(100), budget));
      expect($cut).toEqual({ bytes: 400, hash: hashOf('😀'.repeat(100)), head: '😀'.repeat(Math.floor(budget / 4)) });
    }
    expect(Buffer.byteLength(encode('中'.repeat(10_000)))).toBeLessThan(16_384 + 64);
  });

  it('what becomes longer by escaping is cut earlier', () => {
    const text = encode('\u0001'.repeat(16_000));
    expect(text.length).toBeLessThan(16_384 + 64);
    expect(cut(text).$cut.bytes).toBe(16_000);
    expect(cut(text).$cut.head).toBe('\u0001'.repeat(2730));
  });

  it('a text is whole or says that it is cut, at every limit', () => {
    for (const piece of ['x', '"', '\u0001', '\u{e0041}', '😀', 'é', 'a\u{e0041}', '\\']) {
      const text = piece.repeat(20_000);
      const whole = JSON.stringify(text).length;
      const written = Buffer.byteLength(encode(text, 10_000_000));
      for (const limit of [written - 2, whole]) {
        for (let budget = limit - 20; budget < limit + 20; budget++) {
          const given = JSON.parse(encode(text, budget));
          if (given === text) continue;
          expect(text.startsWith(given.$cut.head)).toBe(true);
          expect(given.$cut.head.length).toBeLessThan(text.length);
          expect(given.$cut.bytes).toBe(Buffer.byteLength(text));
        }
      }
      expect(JSON.parse(encode(text, written))).toBe(text);
    }
  });

  it('a very long text is not read to its end', () => {
    const { $cut } = cut(encode(Buffer.alloc(100_000_000, 'x').toString('latin1')));
    const ends = 'x'.repeat(65_536);
    const hash = hashOf(`100000000 ${ends}${ends}`);
    expect($cut).toEqual({ bytes: 100_000_000, hash, head: 'x'.repeat(16_384), atLeast: true });
  });

  it('long values that differ at an end have different hashes, equal ones the same', () => {
    const middle = 'x'.repeat(300_000);
    const hashes = [middle, `${middle}a`, `a${middle}`, `b${middle}`].map((text) => JSON.parse(encode(text)).$cut.hash);
    expect(new Set(hashes).size).toBe(4);
    expect(JSON.parse(encode({ a: `a${middle}` })).a.$cut.hash).toBe(hashes[2]);
    const bytes = (fill: number) => encode(Buffer.alloc(300_000, fill));
    expect(bytes(1)).toBe(bytes(1));
    expect(bytes(1)).not.toBe(bytes(2));
  });

  it('items and keys beyond maxKeys', () => {
    const few = make({ maxKeys: 3 });
    expect(few([1, 2, 3])).toBe('[1,2,3]');
    expect(few([1, 2, 3, 4])).toBe('{"$cut":{"items":4,"head":[1,2,3]}}');
    expect(few({ a: 1, b: 2, c: 3, d: 4 })).toBe('{"$cut":{"items":4,"head":{"a":1,"b":2,"c":3}}}');
    expect(few(new Set([1, 2, 3, 4]))).toBe('{"$set":{"$cut":{"items":4,"head":[1,2,3]}}}');
    expect(few(new Map([1, 2, 3, 4].map((n) => [n, n])))).toBe(
      '{"$map":{"$cut":{"items":4,"head":{"1":1,"2":2,"3":3}}}}',
    );
  });

  it('containers that are too long in bytes', () => {
    const text = encode(Array.from({ length: 1000 }, () => 'x'.repeat(100)));
    expect(text.length).toBeLessThan(16_384 + 200);
    expect(cut(text).$cut.items).toBe(1000);
    expect((cut(text).$cut.head as string[]).length).toBeGreaterThan(150);
    const nested = encode({ a: { b: Array.from({ length: 900 }, (_, i) => ({ i, text: 'x'.repeat(50) })) }, after: 1 });
    expect(nested.length).toBeLessThan(16_384 + 300);
    // One long member does not take the small ones after it along.
    expect(JSON.parse(nested)).toMatchObject({ a: { b: { $cut: { items: 900 } } }, after: 1 });
  });

  it('five million items and a hundred thousand levels', () => {
    expect(cut(encode(new Array(5_000_000).fill(1))).$cut.items).toBe(5_000_000);
    let deep: unknown = 'bottom';
    for (let i = 0; i < 100_000; i++) deep = i % 2 ? [deep] : { deep };
    const text = encode(deep);
    expect(text.length).toBeLessThan(500);
    expect(text).toContain('{"$cut":{"items":1,"head":');
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it('a chain of toJSON that never ends', () => {
    const endless = (): unknown => ({ toJSON: endless });
    expect(JSON.parse(encode(endless()))).toEqual({ $cut: { items: 1, head: {} } });
  });

  it('long keys', () => {
    const text = encode({ [`${'k'.repeat(100_000)}`]: 1, short: 2 });
    expect(text.length).toBeLessThan(400);
    expect(text).toContain('… (cut, 100000 characters)":1,"short":2}');
  });

  it('binary data is not read to its end, and of many only the first are hashed', () => {
    const end = Buffer.alloc(65_536);
    const hash = createHmac('sha256', 'k').update('20000000 ').update(end).update(end).digest('hex').slice(0, 8);
    expect(encode({ image: Buffer.alloc(20_000_000) })).toBe(`{"image":"[Buffer 20000000 bytes #${hash}]"}`);
    const many = JSON.parse(encode(new Array(150).fill(new Uint8Array(140_000)))) as string[];
    expect(many).toHaveLength(150);
    const hashed = many.filter((text) => text.includes('#')).length;
    expect(hashed).toBeGreaterThan(5);
    expect(hashed).toBeLessThan(100);
    expect(many.at(-1)).toBe('[Uint8Array 140000 bytes]');
  });

  it('work that is more than its bytes: new keys and secrets', () => {
    const wide = make({ maxValueBytes: 1_048_576, maxKeys: 100_000 });
    const keys = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`key${i}`, 1]));
    expect(cut(wide(keys)).$cut.items).toBe(60_000);
    expect(Object.keys(cut(wide(keys)).$cut.head as object).length).toBeGreaterThan(5000);
    const secrets = Array.from({ length: 60_000 }, (_, i) => ({ password: `p${i}` }));
    expect(cut(wide(secrets)).$cut.items).toBe(60_000);
    expect(wide(secrets)).not.toMatch(/"p\d/);
  });

  it('what would take long: other code, patterns, texts to be decoded', () => {
    const wide = make({ maxValueBytes: 1_048_576, maxKeys: 100_000 });
    let called = 0;
    const slow = {
      toJSON() {
        for (const end = performance.now() + 2; performance.now() < end; );
        return called++;
      },
    };
    const { items, head } = cut(wide(new Array(20_000).fill(slow))).$cut;
    expect(items).toBe(20_000);
    expect((head as unknown[]).length).toBe(called);
    // The clock is looked at after some hundred calls, and ends it there.
    expect(called).toBeLessThan(1000);
    const angry = Array.from({ length: 20_000 }, () => ({
      get a() {
        throw new Error('no');
      },
    }));
    expect((cut(wide(angry)).$cut.head as unknown[]).length).toBeLessThan(5000);

    const patterns = createRedactor({ names: [], patterns: ['C-\\d{5}', '[a-z]+@corp'], key: 'k' });
    const slower = make({ maxValueBytes: 1_048_576, maxKeys: 100_000, redactor: patterns });
    const prose = 'customer C-20417 called. '.repeat(40_000);
    const shown = JSON.parse(slower({ prose, after: 'C-20417 again' }));
    expect(shown.prose.$cut.bytes).toBe(prose.length);
    expect(shown.prose.$cut.head.length).toBeGreaterThan(10_000);
    expect(JSON.stringify(shown)).not.toContain('C-2');
    expect(shown.after).toBe(`${patterns.mark('C-20417')} again`);
    expect((cut(slower(new Array(90_000).fill('some words'))).$cut.head as unknown[]).length).toBeLessThan(20_000);

    const escaped = '%41'.repeat(340_000);
    expect(cut(wide(escaped)).$cut.bytes).toBe(escaped.length);
    expect((cut(wide(escaped)).$cut.head as string).length).toBeGreaterThan(500_000);
  });

  it('ordinary data of almost a mebibyte is whole', () => {
    const wide = make({ maxValueBytes: 1_048_576, maxKeys: 100_000, maxDepth: 100 });
    const order = (id: number) => ({
      id,
      name: `item ${id}`,
      price: 1.5,
      tags: ['x', 'y'],
      of: { color: 'red', ok: true },
    });
    const orders = Array.from({ length: 10_000 }, (_, id) => order(id));
    expect(JSON.parse(wide(orders))).toEqual(orders);
    for (const piece of ['plain words ', 'The "quick" brown=fox\n', 'a=1&b=2&', '{"id":1,"name":"é"},', '中文 ']) {
      const text = piece.repeat(800_000 / Buffer.byteLength(JSON.stringify(piece)));
      expect(JSON.parse(wide(text))).toBe(text);
    }
    // What escaping makes too long is cut there, and not earlier.
    const quotes = 'say "x" '.repeat(125_000);
    expect(cut(wide(quotes)).$cut.head).toBe(quotes.slice(0, (cut(wide(quotes)).$cut.head as string).length));
    expect((cut(wide(quotes)).$cut.head as string).length).toBeGreaterThan(800_000);
  });

  it('an object of very many keys that is written again and again shows what it holds now', () => {
    const many: { [key: string]: unknown } = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`key${i}`, i]),
    );
    const first = cut(encode(many));
    expect(first.$cut.items).toBe(20_000);
    many.key0 = 'changed';
    expect(cut(encode(many)).$cut).toEqual({
      items: 20_000,
      head: { ...(first.$cut.head as object), key0: 'changed' },
    });
  });

  it('getters that write themselves end', () => {
    const value = {
      get again(): unknown {
        return JSON.parse(encode(value));
      },
    };
    expect(encode(value)).toBe('{"again":{"again":{"again":"[not encodable]"}}}');
  });

  it('a sparse array of every length', () => {
    const few = make({ maxKeys: 3 });
    expect(few(new Array(2 ** 32 - 1))).toBe(
      '{"$cut":{"items":4294967295,"head":["[undefined]","[undefined]","[undefined]"]}}',
    );
  });
});

describe('secrets', () => {
  it('by name at any depth, in maps, under labels', () => {
    const { mark } = redactor;
    expect(encode({ user: 'me', password: 'hunter2', deep: [{ 'X-Api-Key': 'k' }] })).toBe(
      `{"user":"me","password":"${mark('hunter2')}","deep":[{"X-Api-Key":"${mark('k')}"}]}`,
    );
    expect(encode(new Map([['token', 't']]))).toBe(`{"$map":{"token":"${mark('t')}"}}`);
    expect(encode('hunter2', undefined, 'Password')).toBe(`"${mark('hunter2')}"`);
    expect(encode('hunter2', undefined, 'Password changed')).toBe('"hunter2"');
  });

  it('whatever they are, with the same mark for the same value', () => {
    const shown = JSON.parse(
      encode({ pin: '1234', otp: 1234, session: { id: 1 }, cookie: { id: 1 }, card: { id: 2 } }),
    );
    expect(shown.pin).toBe(redactor.mark('1234'));
    expect(shown.otp).toBe(shown.pin);
    expect(shown.session).toMatch(/^\[redacted:....\]$/);
    expect(shown.cookie).toBe(shown.session);
    expect(encode({ token: null, secret: '' })).toBe('{"token":null,"secret":""}');
    // What is empty keeps nothing, but what only looks so does.
    expect(encode({ cookie: {}, session: [], otp: Object.create(null) })).toBe('{"cookie":{},"session":[],"otp":{}}');
    for (const hidden of [new Map([['a', 'b']]), new Date(0), new Proxy({}, {}), new (class Id {})()])
      expect(encode({ session: hidden })).toMatch(/^\{"session":"\[redacted:....\]"\}$/);
    expect(encode({ secret: true })).toBe(`{"secret":"${redactor.mark('true')}"}`);
    expect(encode({ auth: { $secret: 'db' } })).toBe('{"auth":{"$secret":"db"}}');
  });

  it('card numbers that are numbers', () => {
    expect(encode({ n: 4111111111111111, id: 1763710000000 })).toBe(
      `{"n":"${redactor.mark('4111111111111111')}","id":1763710000000}`,
    );
  });

  const secret = 'Zq7#xW9"kLmP';
  const knowing = createRedactor({ names: [], patterns: [], key: 'k' });
  knowing.setSecrets([secret, '84920175']);

  it('known ones in texts, keys, numbers, messages, and after a change', () => {
    const own = createRedactor({ names: [], patterns: [], key: 'k' });
    const write = make({ redactor: own });
    const value = { [`x-${secret}`]: `a${secret}b`, n: 84920175, big: 84920175n, e: new Error(secret) };
    expect(write(value)).toContain(JSON.stringify(secret).slice(1, -1));
    own.setSecrets([secret, '84920175']);
    expect(write(value)).not.toMatch(/Zq7|84920175/);
  });

  it('that the cut goes through leave nothing of themselves', () => {
    const write = make({ redactor: knowing });
    for (let before = 0; before < 200; before++) {
      const text = write(`${'x'.repeat(before)}${secret}${'y'.repeat(20_000)}`, 100);
      expect(text).not.toContain('Zq7');
      expect(JSON.parse(text).$cut.bytes).toBe(before + secret.length + 20_000);
    }
    const pem = `-----BEGIN PRIVATE KEY-----\n${'M'.repeat(9000)}${secret}`;
    expect(write(`${pem}${'z'.repeat(40_000)}`, 100)).not.toMatch(/Zq7|MMM/);
  });

  it('that a shortened name, key or reason goes through leave nothing of themselves', () => {
    const write = make({ redactor: knowing });
    for (let before = 80; before < 260; before++) {
      const long = `${'x'.repeat(before)}${secret}${'y'.repeat(300)}`;
      const shown = write([
        Symbol(long),
        Object.defineProperty(() => 1, 'name', { value: long }),
        { [long]: 1 },
        {
          get a() {
            throw new Error(long);
          },
        },
      ]);
      expect(shown).not.toContain('Zq7');
      expect(JSON.parse(shown)).toHaveLength(4);
    }
  });

  it('show as [redaction failed] when redaction fails', () => {
    const broken = () => {
      throw new Error(secret);
    };
    const { generation, hashes, watchesNumbers } = redactor;
    const write = make({
      redactor: {
        text: broken,
        head: broken,
        mark: broken,
        fingerprint: broken,
        effort: broken,
        isSecretName: broken,
        setSecrets: broken,
        generation,
        hashes,
        watchesNumbers,
      },
    });
    const failed = '[redaction failed]';
    expect(write(secret)).toBe(`"${failed}"`);
    expect(write({ [secret]: secret })).toBe(`{"${failed}":"${failed}"}`);
    expect(write([secret, Symbol(secret), new Date(0)])).toBe(`["${failed}","Symbol(${failed})","${failed}"]`);
    expect(write(secret.repeat(5000))).toBe(`{"$cut":{"bytes":60000,"head":"${failed}"}}`);
    expect(write(Buffer.from(secret))).toBe('"[Buffer 12 bytes]"');
    const keyless = createRedactor({ names: [], patterns: [], key: Symbol('no key') as never });
    keyless.setSecrets([secret]);
    expect(make({ redactor: keyless })([`a ${secret}`, { pin: 1234 }])).toBe(`["a ${failed}",{"pin":"${failed}"}]`);
  });

  it('are in no line of any value, and every line is JSON', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        secret,
        `a${secret}`,
        Buffer.from(`u:${secret}`).toString('base64'),
        encodeURIComponent(secret),
        JSON.stringify([secret]),
      ),
    );
    const value = fc.anything({
      maxDepth: 4,
      key: text,
      values: [
        text,
        fc.double(),
        fc.boolean(),
        fc.bigInt(),
        fc.constant(undefined),
        fc.constant(84920175),
        fc.date({ noInvalidDate: false }),
      ],
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
      withBigInt: true,
      withObjectString: true,
    });
    fc.assert(
      fc.property(
        value,
        fc.integer({ min: 40, max: 2000 }),
        fc.integer({ min: 1, max: 5 }),
        (given, maxValueBytes, maxDepth) => {
          const line = make({ redactor: knowing, maxValueBytes, maxDepth, maxKeys: 5 })(given);
          JSON.parse(line);
          expect(line).not.toMatch(hidden);
          expect(line).not.toMatch(/Zq7|84920175|WnE3I/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
