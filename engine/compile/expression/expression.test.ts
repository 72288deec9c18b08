import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { checkJsonata, compileJsonata, ExpressionFault } from './jsonata.ts';
import { checkTemplate, compileTemplate } from './template.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

const data = frozen({
  request: {
    query: { name: 'World' },
    body: {
      items: [
        { id: 1, price: 2.5, tags: ['x'] },
        { id: 2, price: 4 },
      ],
      one: [7],
      none: [],
    },
  },
  variables: { text: 'aab', deep: { a: { b: { c: 3 } } } },
});
const evaluate = async (text: string): Promise<unknown> => compileJsonata(text).evaluate(data);

describe('values', () => {
  test.each([
    ['request.query.name', 'World'],
    ['variables.deep.a.b.c', 3],
    ['request.query.nothing', null],
    ['request.query.name.deeper', null],
    ['request.body.items.id', [1, 2]],
    ['request.body.items[id = 2].price', 4],
    ['request.body.items[0].tags', ['x']],
    ['request.body.one', [7]],
    [
      'request.body.items[]',
      [
        { id: 1, price: 2.5, tags: ['x'] },
        { id: 2, price: 4 },
      ],
    ],
    ['$sum(request.body.items.price)', 6.5],
    ['request.body.items{$string(id): price}', { '1': 2.5, '2': 4 }],
    [
      'request.body ~> |items|{"seen": true}|',
      {
        items: [
          { id: 1, price: 2.5, tags: ['x'], seen: true },
          { id: 2, price: 4, seen: true },
        ],
        one: [7],
        none: [],
      },
    ],
    ['$sort(request.body.items, function($a, $b) { $a.id < $b.id }).id', [2, 1]],
    ['$append(request.body.one, 8)', [7, 8]],
    ['{"f": function($x) { $x }, "list": [1, 2]}', { f: null, list: [1, 2] }],
    ['function($x) { $x }', null],
    ['$replace(variables.text, /a+/, "-")', '-b'],
    ['$match("x1y22", /[0-9]+/).match', ['1', '22']],
    ['$split("a1b22c", /[0-9]+/)', ['a', 'b', 'c']],
    ['$contains("ÄÖ\u00a0x", /\\s/)', true],
    ['$pad("x", 3, "-")', 'x--'],
    ['$join(["a", "b"], "-")', 'a-b'],
    ['$eval("1 + 1")', 2],
    ['"".constructor', null],
    ['request.constructor.name', null],
    ['$lookup(request, "__proto__")', null],
  ])('%s', async (text, value) => {
    const result = await evaluate(text);
    expect(result).toEqual(value);
    // Nothing of the library's marks is left on what is handed on.
    if (Array.isArray(result)) expect(Object.keys(result)).toHaveLength(result.length);
  });

  test('a plain path agrees with the library wherever it leads', async () => {
    const shapes = [
      data,
      { request: { query: [{ name: 'a' }, { name: 'b' }] } },
      { request: [{ query: { name: [1] } }] },
      { request: null },
      { request: { query: { name: [[1], [2]] } } },
      {},
    ];
    for (const shape of shapes) {
      const plain = (await jsonata('request.query.name').evaluate(shape)) ?? null;
      expect(await compileJsonata('request.query.name').evaluate(shape)).toEqual(
        Array.isArray(plain) ? [...plain] : plain,
      );
    }
  });

  test('nothing it is given changes, and no prototype', async () => {
    await evaluate('request.body.items[].tags[]');
    await evaluate('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.keys(data.request.body.items)).toEqual(['0', '1']);
  });

  test('one expression is evaluated by many at once', async () => {
    const expression = compileJsonata('($f := function($n) { $n = 0 ? name : $f($n - 1) }; $f(50))');
    const results = await Promise.all(Array.from({ length: 50 }, (_, name) => expression.evaluate({ name })));
    expect(results).toEqual(Array.from({ length: 50 }, (_, name) => name));
  });
});

describe('limits', () => {
  test.each([
    ['endless tail recursion', '($f := function($n) { $f($n + 1) }; $f(0))'],
    ['deep recursion', '($f := function($n) { 1 + $f($n + 1) }; $f(0))'],
    ['a huge text', '$pad("x", 200000000)'],
    ['a huge filler', '$pad("x", 1000, $pad("y", 1000000))'],
    ['a huge range', '[1..9999999]'],
    ['ranges of ranges', '[1..1000000].[1..1000000]'],
    ['doubling', '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f("xxxxxxxx", 60))'],
    ['a large result', '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f("xxxxxxxx", 21))'],
    ['a long join', '$join([1..1000].$pad("x", 20000))'],
    ['a long picture', '$fromMillis(0, $pad("", 2000, "[Y]"))'],
    ['a search too long', '$contains($pad("a", 9000000), /(a|b|c)*d/)'],
    ['the same inside $eval', '$eval("$pad(\\"x\\", 200000000)")'],
  ])('%s ends with expression-limit', async (_, text) => {
    await expect(evaluate(text)).rejects.toMatchObject({ code: expect.stringMatching(/^expression-(limit|failed)$/) });
  });

  test('a catastrophic pattern is matched in linear time', async () => {
    expect(await evaluate(`$contains("${'a'.repeat(40)}!", /^(a+)+$/)`)).toBe(false);
    expect(await evaluate('$contains($pad("a", 100000, "a"), /^(a|aa)+$/)')).toBe(true);
  });

  test('look-around and back-references are faults of the expression', () => {
    for (const text of ['$match(x, /(?=a)/)', '$match(x, /(?<!a)b/)', '$match(x, /(a)\\1/)']) {
      expect(checkJsonata(text), text).toBeInstanceOf(ExpressionFault);
      expect(checkJsonata(text)?.message).toContain('linear-time');
    }
  });
});

describe('faults', () => {
  test('name the place', () => {
    expect(checkJsonata('1 +')).toMatchObject({ position: expect.any(Number) });
    expect(checkJsonata('request.body')).toBeUndefined();
    expect(checkTemplate('Hello {{name')).toMatchObject({ position: 6 });
    expect(checkTemplate('Hello {{1 +}}')?.position).toBeGreaterThanOrEqual(8);
  });

  test('a failure says what and where', async () => {
    await expect(evaluate('1 + "x"')).rejects.toMatchObject({
      code: 'expression-failed',
      message: expect.stringContaining('T2002'),
    });
    await expect(evaluate('$error("no way")')).rejects.toMatchObject({
      code: 'expression-failed',
      message: expect.stringContaining('no way'),
    });
  });
});

describe('roots', () => {
  test.each([
    ['request.query.name', ['request']],
    ['variables.a & input.b', ['variables', 'input']],
    ['items.($ * 2)', ['items']],
    ['$map(items, function($v) { $v.price })', ['items']],
  ])('%s touches at least %s', (text, names) => {
    const { roots } = compileJsonata(text);
    expect(roots).not.toBe('all');
    for (const name of names) expect((roots as Set<string>).has(name)).toBe(true);
  });

  test.each([
    '$',
    '$$.request',
    '*',
    '**.name',
    '$keys()',
    '$lookup("request")',
    '$eval("request")',
    '$each(function($v) { $v })',
    '$string()',
  ])('%s may touch all', (text) => {
    expect(compileJsonata(text).roots).toBe('all');
  });
});

describe('templates', () => {
  test.each([
    ['Hello {{request.query.name}}!', 'Hello World!'],
    ['{{request.query.nothing}}|{{1 + 1}}|{{request.body.one}}|{{true}}', '|2|[7]|true'],
    ['{{ {"a": "}}"} }}', '{"a":"}}"}'],
    ['a }} b', 'a }} b'],
    ['{{"{{"}}', '{{'],
  ])('%s', async (text, value) => {
    expect(await compileTemplate(text).evaluate(data)).toBe(value);
  });

  test('text without expressions is constant, and plain paths need no promise', () => {
    expect(compileTemplate('plain').constant).toBe('plain');
    expect(compileTemplate('Hello {{request.query.name}}').evaluate(data)).toBe('Hello World');
  });
});
