// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${name} is what workflows write.
import fc from 'fast-check';
import { trust } from './fuzz-check.ts';

/** Texts that have broken something somewhere: markup, numbers, dates, patterns, names of JavaScript's own. */
const oddTexts = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\u0000',
    '\uFEFF',
    '\u202E',
    'a',
    'A',
    'ß',
    'İ',
    'ﬀ',
    'e\u0301',
    'é',
    '👩‍👩‍👧‍👦',
    '🇩🇪🇫🇷',
    '\uD800',
    '\uDC00x',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '__proto__.polluted',
    'constructor.prototype.polluted',
  ],
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '1.5',
    '1e999',
    '-1e999',
    '1e-400',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
    '١٢',
    '9007199254740993',
    '9'.repeat(400),
  ],
  ...[
    'true',
    'null',
    'undefined',
    '[]',
    '{}',
    '[1,2',
    '{"a":1}',
    '{"__proto__":{"polluted":1}}',
    '"',
    "'",
    '\\',
    '`',
    '$',
    '$&',
    '$1',
    '${a}',
    '{{a}}',
    '<%=a%>',
  ],
  ...[
    '2024-02-29',
    '2024-02-30',
    '2024-01-01T00:00:00Z',
    '2024-03-31T02:30:00',
    '+275760-09-13T00:00:00.001Z',
    '-271821-04-19',
    'P1Y2M3DT4H',
    'PT1E9H',
    '24:00:00',
    '12:00',
    'Europe/Berlin',
    'Etc/GMT+12',
    'Mars/Olympus',
    'yyyy-MM-dd',
    "''''",
    'Z'.repeat(60),
  ],
  ...[
    'http://[::1',
    'http://a b/',
    'http://api.example/',
    'http://api.example/orders/{id}',
    'file:///etc/passwd',
    'javascript:0',
    '//x',
    '?',
    '#',
    '%',
    '%E0%A4',
    '%00',
    'a=1&a=2&b',
    'a[]=1&a[b][c]=2',
    '../../etc/passwd',
    'logs/../../x',
    'C:\\x',
    '/',
    '.',
    '..',
    'con',
  ],
  ...[
    '(a+)+$',
    '(',
    '[',
    '*',
    '.*.*.*.*x',
    '(?=a)',
    '\\1',
    '(?<n>a)\\k<n>',
    'a{1000}{1000}',
    '^$',
    '(?i)a|',
    '\\p{Nope}',
    '((a{0,1000}){0,1000}){0,1000}',
  ],
  ...[
    'a.b.c',
    'eyJhbGciOiJub25lIn0.e30.',
    'AAAA',
    'Zm9v',
    'Zm9v=',
    '====',
    'zz',
    'ff',
    '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
    'Basic Og==',
    'Bearer ',
    'Digest qop="a", nonce=b',
    't=1,v1=ff',
  ],
  ...[
    'a,b\n"c""d",e\n',
    '"',
    'a,"b\nc',
    '\t',
    ';',
    '<a>1</a>',
    '<a b="1" b="2"/>',
    '<a>&amp;&#0;&#x110000;</a>',
    '<a',
    '<!--',
    '<![CDATA[',
    '<?xml version="1.0"?>',
    '<p>Hi<script>x</script>',
    '# a\n\n- b\n',
    'a: 1\nb: [',
    '&a [*a]',
    '? a',
    '--- a\n--- b',
    'a = 1\n[a]\nb = 2',
    '// x\n{a:1,}',
    '!!js/function x',
    '!!binary AA=',
  ],
  ...[
    'a + b',
    '1 / 0',
    '2 ** 10000',
    'sqrt(-1)',
    'a.b[0]',
    ':Math.sqrt(a)',
    '$sum([1..10000000])',
    '($f := function(){$f()}; $f())',
    'value = 1',
    'and',
  ],
];

const entities = (lines: number): string =>
  `<!DOCTYPE a [<!ENTITY x0 "xxxxxxxxxx">${Array.from({ length: lines }, (_, i) => `<!ENTITY x${i + 1} "${`&x${i};`.repeat(10)}">`).join('')}]><a>&x${lines};</a>`;
const aliases = (lines: number): string =>
  `a0: &a0 [x]\n${Array.from({ length: lines }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(',')}]\n`).join('')}`;

/** Each is made twice at most, in turn, so that two of them may be equal without being the same. */
const oneOfMade = <T>(makers: readonly (() => T)[]): fc.Arbitrary<T> => {
  const made = makers.map((): T[] => []);
  let turn = 0;
  return fc.nat(makers.length - 1).map((index) => {
    const copies = made[index] as T[];
    turn += 1;
    copies[turn % 2] ??= trust((makers[index] as () => T)());
    return copies[turn % 2] as T;
  });
};

/** Texts that cost time or memory where an algorithm is worse than linear. Made when they are needed. */
const bigTexts: readonly (() => string)[] = [
  () => 'a'.repeat(100_000),
  () => 'ab '.repeat(40_000),
  () => ' '.repeat(100_000),
  () => '\n'.repeat(100_000),
  () => `a${'\u0301'.repeat(50_000)}`,
  () => '👩‍👩‍👧‍👦'.repeat(5_000),
  () => '['.repeat(20_000),
  () => '{"a":'.repeat(20_000),
  () => '<a>'.repeat(20_000),
  () => '<a '.repeat(20_000),
  () => '('.repeat(20_000),
  () => '(a'.repeat(5_000) + ')*'.repeat(5_000),
  () => '"'.repeat(50_001),
  () => ','.repeat(100_000),
  () => '&'.repeat(100_000),
  () => '%41'.repeat(30_000),
  () => '- '.repeat(20_000),
  () => '> '.repeat(20_000),
  () => '**a '.repeat(20_000),
  () => '{a: '.repeat(20_000),
  () => '$a'.repeat(30_000),
  () => '${'.repeat(30_000),
  () => '\\'.repeat(100_000),
  () => '1'.repeat(100_000),
  () => '1+'.repeat(20_000),
  () => '-'.repeat(20_000),
  () => `${'a.'.repeat(20_000)}a`,
  () => `[${'1,'.repeat(50_000)}1]`,
  () => entities(9),
  () => aliases(9),
];

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...oddTexts) },
  {
    weight: 3,
    arbitrary: fc.array(fc.nat(0x10ffff), { maxLength: 20 }).map((points) => String.fromCodePoint(...points)),
  },
  { weight: 3, arbitrary: fc.string({ maxLength: 30 }) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: oneOfMade(bigTexts) },
);

const finite: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -3, max: 40 }),
  fc.constantFrom(0, -0, 1, -1, 0.1, -1.5, 2.5, 255, 256, 65_536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32, 1e6, 1e9),
  fc.constantFrom(
    1e15,
    2 ** 53 - 1,
    -(2 ** 53) + 1,
    2 ** 53,
    1e21,
    8.64e15,
    1e100,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    5e-324,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Numbers of a range; its ends come often. */
export const number = (minimum: number, maximum: number): fc.Arbitrary<number> => {
  if (minimum === -Number.MAX_VALUE && maximum === Number.MAX_VALUE) return finite;
  const near = [minimum, maximum, 0, 0.5, 1, 1.5, 10].filter((value) => value >= minimum && value <= maximum);
  return fc.oneof(fc.constantFrom(...near), fc.double({ min: minimum, max: maximum, noNaN: true }));
};

export const whole = (minimum: number, maximum: number): fc.Arbitrary<number> => {
  const inside = (value: number): boolean => value >= minimum && value <= maximum;
  const ends = [minimum, maximum, minimum + 1, maximum - 1];
  const usual = [0, 1, -1, 2, 3, 5, 10, 16, 64, 1000, 100_000, 1e9];
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...[...ends, ...usual].filter(inside)) },
    { weight: 1, arbitrary: fc.integer({ min: minimum, max: maximum }) },
  );
};

const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.constantFrom(0, 1, 16, 32, 1000, 100_000).map((length) => new Uint8Array(length)),
  // The beginnings of gzip, zip, zlib and brotli data.
  fc
    .constantFrom('1f8b0800000000000003', '504b0304', '504b0506', '789c', '8b00', 'efbbbf', 'fffe', 'ff')
    .map((hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))),
);

const date = fc.oneof(
  fc.date({ noInvalidDate: true }),
  fc.constantFrom(0, 8.64e15, -8.64e15, Number.NaN).map((time) => new Date(time)),
);

const key = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'id',
    'name',
    'value',
    'key',
    '',
    '0',
    '1',
    '-1',
    'a.b',
    '__proto__',
    'constructor',
    'toString',
    'length',
    'then',
    'toJSON',
  ),
  fc.string({ maxLength: 6 }),
);

/** Sets every key as an own one. */
const objectOf = (entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries);

const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = wrap(value);
  return value;
};

const bigData: readonly (() => unknown)[] = [
  () => nested(12_000, (inner) => [inner]),
  () => nested(12_000, (inner) => ({ a: inner })),
  () => nested(900, (inner) => [inner]),
  () => nested(900, (inner) => ({ a: inner, b: 1 })),
  () => Array.from({ length: 5_000 }, (_, index) => index % 97),
  () => Array.from({ length: 5_000 }, (_, index) => `item ${index}`),
  () => Array.from({ length: 5_000 }, (_, index) => ({ id: index, tags: ['a', index] })),
  () => Array.from({ length: 3_000 }, (_, index) => [index, [index]]),
  () => Array.from({ length: 5_000 }, () => null),
  () => Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, index])),
];

const plain = fc.oneof(fc.constant(null), fc.boolean(), finite, text);

/** Data as it moves through workflows: JSON, binary data and dates, of any size and depth. */
export const data: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: date },
  {
    weight: 6,
    arbitrary: fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        { weight: 5, arbitrary: plain },
        { weight: 1, arbitrary: bytes },
        { weight: 1, arbitrary: date },
        { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
        { weight: 2, arbitrary: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(objectOf) },
      ),
    })).value,
  },
  { weight: 1, arbitrary: oneOfMade(bigData) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 10n) },
);

/** Two values that are equal and not the same, for fields that are compared with each other; `twin` stands for one of them. */
export const twins = fc.clone(data, 2);
export const twin = Symbol('twin');

export const list: fc.Arbitrary<unknown[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<unknown[]>([twin], [1, twin, 2], [twin, twin]) },
  { weight: 3, arbitrary: fc.array(data, { maxLength: 5 }) },
  { weight: 2, arbitrary: fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 12 }) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom('a', 'b', 'B', 'ä', '10', '9', ''), { maxLength: 8 }) },
  { weight: 2, arbitrary: fc.array(fc.record({ id: fc.nat(5), name: text }), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.array(fc.array(data, { maxLength: 3 }), { maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: oneOfMade(bigData).map((value) => (Array.isArray(value) ? value : [value])),
  },
);

export const object: fc.Arbitrary<object> = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.tuple(key, data), { maxLength: 5 }).map(objectOf) },
  { weight: 1, arbitrary: oneOfMade(bigData).map((value) => ({ a: value })) },
);

const schemas: readonly unknown[] = [
  {},
  true,
  false,
  { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
  { $ref: '#' },
  { $ref: 'http://x.example/y' },
  { type: 'nonsense' },
  { pattern: '(a+)+$' },
  { allOf: [{ $ref: '#' }] },
  { enum: [] },
  { const: Number.NaN },
  { $async: true },
  { __proto__: null, format: 'date' },
  { $defs: { a: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' },
  { type: 'string', minLength: -1 },
];

export const jsonSchema: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom(...schemas), object);
export const binary = bytes;
