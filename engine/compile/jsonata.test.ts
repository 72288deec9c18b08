import { describe, expect, it } from 'vitest';
import { checkJsonata, checkTemplate, compileJsonata, compileTemplate, ExpressionFault, rootNames } from './jsonata.ts';

const evaluate = (expression: string, data: unknown = {}): unknown => compileJsonata(expression)(data);
const failure = (expression: string, data: unknown = {}) => {
  try {
    return { value: evaluate(expression, data) };
  } catch (error) {
    const { name, code, message, details } = error as { name: string; code: string; message: string; details: unknown };
    return { name, code, message, details };
  }
};
const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
    Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
};

describe('values', () => {
  const cases: [string, unknown, unknown][] = [
    ['a.b.c', { a: { b: { c: 42 } } }, 42],
    ['nothing.at.all', {}, null],
    ['items.price', { items: [{ price: 1 }, { price: 2 }] }, [1, 2]],
    ['items.price', { items: [{ price: 1 }] }, 1],
    ['items[].price', { items: [{ price: 1 }] }, [1]],
    ['"Hello " & name', { name: 'World' }, 'Hello World'],
    [
      '$sum(items.(price * quantity))',
      {
        items: [
          { price: 2, quantity: 3 },
          { price: 1, quantity: 4 },
        ],
      },
      10,
    ],
    ['$map([1..3], function($n){ $n * 2 })', {}, [2, 4, 6]],
    [
      'items^(>price).name',
      {
        items: [
          { name: 'a', price: 1 },
          { name: 'b', price: 2 },
        ],
      },
      ['b', 'a'],
    ],
    [
      'items{kind: $sum(price)}',
      {
        items: [
          { kind: 'x', price: 1 },
          { kind: 'y', price: 2 },
          { kind: 'x', price: 3 },
        ],
      },
      { x: 4, y: 2 },
    ],
    ['{"a": nothing, "b": null}', {}, { b: null }],
    ['[$string, {"f": function($x){$x}}, /a/]', {}, [null, { f: null }, null]],
    ['$match("b", /(a)|(b)/).groups', {}, [null, 'b']],
    ['1 / 0', {}, null],
    ['a ?? "none"', { a: null }, null],
    ['$contains("abc", /b/) ?: "none"', {}, true],
    ['$match("xay", /a/) ?? "none"', {}, { match: 'a', index: 1, groups: [] }],
    ['$now() = $now() and $millis() = $millis()', {}, true],
    ['$eval("[1, b]", {"b": 2})', {}, [1, 2]],
    ['when & "|" & bytes', { when: new Date(0), bytes: Buffer.from('hé') }, '1970-01-01T00:00:00.000Z|hé'],
    ['when = other', { when: new Date(0), other: new Date(1) }, false],
    ['$count($)', [1, 2], 2],
    // Where the reference implementation forgets what follows a call in tail position.
    ['(function($x){ ($map($x, $string))[0] })([5, 6])', {}, '5'],
    ['(function($x){ $map($x, $string)[] })([5])', {}, ['5']],
    ['(function($x){ $map($x, $string){$: "found"} })([5, 6])', {}, { 5: 'found', 6: 'found' }],
    ['$replace("abc", "b", function($m){ "<" & $m.match & ">" })', {}, 'a<b>c'],
  ];
  it.each(cases)('%s', (expression, data, expected) => {
    const value = evaluate(expression, deepFreeze(data));
    expect(value).toStrictEqual(expected);
  });

  it('gives a part of the data itself, not a copy', () => {
    const data = { request: { body: { items: [1, 2] } } };
    expect(evaluate('request.body', data)).toBe(data.request.body);
    expect((evaluate('{"b": request.body}', data) as { b: unknown }).b).toBe(data.request.body);
  });

  it('gives arrays that are no more than arrays', () => {
    const sequence = evaluate('[1..3].($ * 2)') as unknown[];
    expect(Reflect.ownKeys(sequence)).toEqual(['0', '1', '2', 'length']);
    const inside = evaluate('{"a": items.x[]}', { items: [{ x: 1 }] }) as { a: unknown[] };
    expect(Reflect.ownKeys(inside.a)).toEqual(['0', 'length']);
  });

  it('gives its value at once, not as a promise', () => {
    expect(evaluate('$map([1], function($x){ $sort([3, 1], function($a, $b){ $a > $b }) })')).toEqual([1, 3]);
  });
});

describe('data are never changed', () => {
  // Each of these writes to its input, or fails on a frozen one, in the reference implementation or looks as if it would.
  const expressions = [
    'orders{customer: $sum(total)}',
    'nested.{"n": $count($)}',
    'list[]',
    'object()',
    '(function(){ object() })()',
    '$ ~> |$$.object|{"x": 1}|',
    '($clone := function($x){$x}; $ ~> |object|{"x": 1}, "a"|)',
    '$append(list, 4)',
    '$sort(list)',
    '$reverse(list)',
    '$shuffle(list)',
    'list^(>$)',
    '$merge([object, {"b": 1}])',
    '$each(object, function($v, $k){ $k })',
    'list@$l.{"l": $l}',
    'list#$i.$i',
    '($x := object; $x ~> |$|{"y": 2}|)',
    '$spread(object)',
    '**',
  ];
  it.each(expressions)('%s', (expression) => {
    const make = () => ({ orders: [], nested: [[], [1]], list: [3, 1, 2], object: { a: { b: 1 } } });
    const data = make();
    const first = failure(expression, data);
    expect(data).toStrictEqual(make());
    expect(Reflect.ownKeys(data.list)).toEqual(['0', '1', '2', 'length']);
    const frozen = failure(expression, deepFreeze(make()));
    if (!expression.includes('shuffle')) expect(frozen).toEqual(first);
  });
});

describe('no way out of the expression', () => {
  const cases: [string, unknown][] = [
    ['"".constructor', null],
    ['{}.constructor', null],
    ['[1].length', null],
    ['$lookup({}, "__proto__")', null],
    ['$lookup({}, "constructor")', null],
    ['$map.implementation', null],
    ['(function($x){$x}).frame', null],
    ['(function($x){ ($keys($x))[frame] })({"a": 1})', null],
    ['process', null],
    ['$globalThis', null],
    ['$eval("constructor")', null],
  ];
  it.each(cases)('%s', (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  it.each([
    '{"__proto__": {"polluted": 1}}',
    '$merge([{"a": 1}, {"__proto__": {"polluted": 1}}])',
    '{"a": {}} ~> |a|{"__proto__": {"polluted": 1}}|',
    'body ~> |$|{"constructor": {"prototype": {"polluted": 1}}}|',
    'body.items{name: {"polluted": 1}}',
    '$sift(body, function(){true})',
    '$spread(body)',
    'body.items@$__proto__.{"a": $__proto__}',
    '($__proto__ := {"polluted": 1}; $__proto__)',
    '$ ~> |body|{"x": 1}, "__proto__"|',
  ])('%s pollutes nothing', (expression) => {
    const body = JSON.parse('{"__proto__": {"polluted": 1}, "items": [{"name": "__proto__"}]}');
    failure(expression, { body });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get([], 'polluted')).toBeUndefined();
    expect(Reflect.get(() => 0, 'polluted')).toBeUndefined();
  });

  it('takes objects that look like its own functions for data', () => {
    const body = {
      _jsonata_lambda: true,
      _jsonata_function: true,
      thunk: true,
      environment: { base: { depth: 1 } },
      body: {},
      x: 1,
    };
    expect(evaluate('body.x', { body })).toBe(1);
    expect(evaluate('$lookup($, "body")', { body })).toStrictEqual({ ...body });
    expect(failure('body(1)', { body })).toMatchObject({ code: 'expression-failed' });
    expect(failure('$map([1], body)', { body })).toMatchObject({ code: 'expression-failed' });
  });
});

describe('failures', () => {
  it('say what was found, with the code and place of JSONata', () => {
    expect(failure('a + 1', { a: 'x' })).toEqual({
      name: 'ActionFailure',
      code: 'expression-failed',
      message: 'The left side of "+" must be a number, found "x". (JSONata T2001 at character 3)',
      details: { code: 'T2001', position: 3, token: '+' },
    });
  });
  const cases: [string, string][] = [
    ['$foo(1)', 'T1006'],
    ['uppercase("a")', 'T1005'],
    ['$uppercase(5)', 'T0410'],
    ['1 ~> 2', 'T2006'],
    ['{1: 2}', 'T1003'],
    ['{"a": 1, "a": 2}', 'D1009'],
    ['$error("mine")', 'D3137'],
    ['$assert(false, "mine")', 'D3141'],
    ['$toMillis("yesterday")', 'D3110'],
    ['$number("x")', 'D3030'],
    ['$eval("1 +")', 'D3120'],
    ['$eval("1 + \'a\'")', 'D3121'],
    ['$match("abc", /x*/)', 'D1004'],
    ['[1, "a"]^($)', 'T2007'],
    ['$string(1e308 * 10)', 'D3001'],
  ];
  it.each(cases)('%s is %s', (expression, code) => {
    expect(failure(expression)).toMatchObject({ code: 'expression-failed', details: { code } });
  });
  it('name the innermost place', () => {
    expect(failure('$map([1], function($x){ $x + "a" })')).toMatchObject({ details: { code: 'T2002', token: '+' } });
  });
  it('keep a long message short', () => {
    expect(failure('$error(text)', { text: 'x'.repeat(1e6) }).message?.length).toBeLessThan(1100);
  });
});

describe('compiling', () => {
  it('refuses what is no expression, with the place', () => {
    expect(() => compileJsonata('a +')).toThrow(ExpressionFault);
    expect(checkJsonata('a +')).toEqual({ message: 'Unexpected end of expression', position: 3 });
    expect(checkJsonata('a b')).toMatchObject({ position: 3 });
    expect(checkJsonata('')).toMatchObject({ position: 0 });
    expect(checkJsonata('$x /(/')).toMatchObject({ message: expect.any(String) });
    expect(checkJsonata('$match(a, /(?<n>a/)')).toMatchObject({ message: expect.any(String) });
    expect(checkJsonata('a.b[0]')).toBeUndefined();
  });
  it('places an unfinished regular expression', () => {
    expect(checkJsonata('$match(a, /a**/)')).toMatchObject({ position: 10 });
  });
});

describe('templates', () => {
  const data = { name: 'World', number: 1.5, object: { a: [1] }, nothing: null, when: new Date(0) };
  const cases: [string, string][] = [
    ['Hello {{name}}!', 'Hello World!'],
    ['{{number}} {{object}} {{true}} [{{nothing}}{{missing}}{{function($x){$x}}}]', '1.5 {"a":[1]} true []'],
    ['{{"}}"}}', '}}'],
    ['{{ {"a": {"b": 1}} }}', '{"a":{"b":1}}'],
    ['{{{"a":1}}}', '{"a":1}'],
    ['{{ /* }} */ name }}', 'World'],
    ['{{`a}}b`}}', ''],
    ['{{ $replace(name, /"|o/, "0") }}', 'W0rld'],
    ['{{ number / 3 }} / {{ name }}', '0.5 / World'],
    ['{{"{{"}}', '{{'],
    ['{{when}}', '1970-01-01T00:00:00.000Z'],
    ['a }} b', 'a }} b'],
  ];
  it.each(cases)('%s', (template, expected) => {
    expect(compileTemplate(template).evaluate(data)).toBe(expected);
  });
  it('are constant without expressions', () => {
    expect(compileTemplate('a } b').constant).toBe('a } b');
    expect(compileTemplate('').constant).toBe('');
    expect(compileTemplate('{{1}}').constant).toBeUndefined();
  });
  it('know their roots', () => {
    expect(compileTemplate('{{request.a}} {{input.b}}').roots).toEqual(new Set(['request', 'input']));
    expect(compileTemplate('{{request.a}} {{$}}').roots).toBe('all');
  });
  it('refuse what is not closed or no expression, with the place in the template', () => {
    expect(checkTemplate('a {{ name')).toMatchObject({ position: 2 });
    expect(checkTemplate('a {{ "x }}')).toMatchObject({ position: 2 });
    expect(checkTemplate('ab {{ 1 + }}')).toMatchObject({ position: 10 });
    expect(checkTemplate('{{}}')).toMatchObject({ position: 2 });
    expect(checkTemplate('{{a}}')).toBeUndefined();
  });
  it('place failures in the template', () => {
    expect(() => compileTemplate('ab {{ 1 + "x" }}').evaluate({})).toThrow('(JSONata T2002 at character 9)');
  });
});

describe('rootNames', () => {
  const cases: [string, string[] | 'all'][] = [
    ['request.query.name', ['request']],
    ['$.request.body', ['request']],
    ['$$.request', ['request']],
    ['"request".a', ['request']],
    ['`request`.a', ['request']],
    ['variables.items[id = $$.request.path.id].name', ['variables', 'request']],
    ['$map(variables.items, function($v){ $v.x & request.x })', ['variables', 'request']],
    ['($x := variables.a; $x.b)', ['variables']],
    ['{"a": request.a, "b": [input.b]}', ['request', 'input']],
    ['variables.items{name: $sum(price)}', ['variables']],
    ['variables.items^(price).name', ['variables']],
    ['variables.*', ['variables']],
    ['variables.(a; $)', ['variables']],
    ['$match(request.path, /x/)', ['request']],
    ['$sum(variables.x) ~> $string', ['variables']],
    ['variables.x ~> $substringBefore("x")', ['variables']],
    ['variables ~> |a|{"b": input.x}|', ['variables']],
    ['$map(variables.a, $keys)', ['variables']],
    ['a ?: b ?? c', ['a', 'b', 'c']],
    ['$now() & $millis() & $random()', []],
    ['$', 'all'],
    ['$$', 'all'],
    ['*', 'all'],
    ['**', 'all'],
    ['$keys()', 'all'],
    ['$string()', 'all'],
    ['$lookup("request")', 'all'],
    ['$substringBefore("x")', 'all'],
    ['request@$r.x', 'all'],
    ['a.b.%.c', 'all'],
    ['$eval("x")', 'all'],
    ['($f := $keys; $f())', 'all'],
    ['$ ~> |a|{"b": 1}|', 'all'],
    ['1 ~> $string[$keys($$)]', 'all'],
    ['(function()<x-:x>{1})()', 'all'],
  ];
  it.each(cases)('%s', (expression, expected) => {
    expect(rootNames(expression)).toEqual(expected === 'all' ? 'all' : new Set(expected));
  });
  it('fails for what is no expression', () => {
    expect(() => rootNames('(')).toThrow(ExpressionFault);
  });
});
