import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate, rootNames as engineNames } from '../../engine/compile/jsonata.ts';
import { rootNames, templateRootNames } from './root-names.ts';

/** As in `request variables.x`. */
const shown = (text: string): string | null =>
  rootNames(text)
    ?.map(({ name, key }) => (key === undefined ? name : `${name}.${key.name}`))
    .join(' ') ?? null;

const known: [string, string | null][] = [
  ['request.body.items', 'request.body'],
  ['variables.total + variables.`tax rate`', 'variables.total variables.tax rate'],
  ['`item`.value', 'item.value'],
  ['request', 'request'],
  ['$sum(request.body.items.price) > variables.limit and true', 'request.body variables.limit'],
  ['request.body.items[price > variables]', 'request.body'],
  ['request.body.items[price > $$.variables.limit]', 'request.body variables.limit'],
  ['request.body.(a + b)', 'request.body'],
  ['request.body.{"a": b}', 'request.body'],
  ['request.body{a: b}', 'request.body'],
  ['{"a": request.body, "b": [input.x, item]}', 'request.body input.x item'],
  ['($x := request.body; $x.y & input.z)', 'request.body input.z'],
  ['$map(request.body, function($v) { $v & variables.x })', 'request.body variables.x'],
  ['request.body.$map(items, function($v) { variables })', 'request.body'],
  ['request.body^(>price, name)', 'request.body'],
  ['request.body#$i.(name & $i)', 'request.body'],
  ['request.query.a ? input : variables.b', 'request.query input variables.b'],
  ['/* request */ input /* x */ . a', 'input.a'],
  ['"request" & \'input\' & $replace(variables.x, /re\\/quest/i, "a")', 'variables.x'],
  ['$match(variables.x, /[/]/)', 'variables.x'],
  ['request.method in ["GET"]', 'request.method'],
  ['$.request.body', 'request.body'],
  ['$$.input', 'input'],
  ['[1..item.index]', 'item.index'],
  ['request[0].x', 'request'],
  ['$now() & $string(input)', 'input'],
  ['input.items ~> $sum()', 'input.items'],
  ['input.items ~> $map(function($v) { $v * variables.x })', 'input.items variables.x'],
  ['request.body.*', 'request.body'],
  ['$substring(?, 1)(input.x)', 'input.x'],
  ['-input.x - 1', 'input.x'],
  ['1e3 + input.x', 'input.x'],
  ['null', ''],
  ['$', null],
  ['$$', null],
  ['*', null],
  ['**.x', null],
  ['$keys()', null],
  ['$lookup("request")', null],
  ['$each(function($v) { $v })', null],
  ['$eval("request")', null],
  ['request.body@$b.x', null],
  ['input.a.%.b', null],
  ['request ~> |body|{"a": 1}|', null],
  ['function($x)<n:n>{ $x }', null],
  ['$string($)', null],
  ['(request', null],
  ['request "x"', null],
  ['$merge([$, {"a": 1}])', null],
];

describe('names of scopes', () => {
  it.each(known)('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('stand where they are said to', () => {
    const text = ' $x( request . `a b` ) + `in put`';
    expect(
      rootNames(text)?.map(({ from, to, key }) => [text.slice(from, to), key && text.slice(from, key.to)]),
    ).toEqual([
      ['request', 'request . `a b`'],
      ['`in put`', undefined],
    ]);
  });

  it.each<[string, string[] | null]>([
    ['Hello', []],
    ['Hello {{request.query.name}}, {{ {"a": {"b": input}} }}{{variables.x}}', ['request', 'input', 'variables']],
    ['{{"}}"}}{{input}}', ['input']],
    ['{{request', null],
    ['{{$}}', null],
  ])('in the template %s', (text, expected) => {
    expect(templateRootNames(text)?.map(({ name }) => name) ?? null).toEqual(expected);
    const engine = expected === null ? undefined : compileTemplate(text).roots;
    if (engine !== undefined) expect(engine).toEqual(new Set(expected));
  });
});

describe('never surer than the engine', () => {
  const agree = (text: string): void => {
    const ours = rootNames(text);
    if (ours === null) return;
    const engine = engineNames(text);
    expect([text, engine]).toEqual([text, new Set(ours.map(({ name }) => name))]);
  };

  it.each(known.filter(([, expected]) => expected !== null))('%s', (text) => agree(text));

  it('for any expression', () => {
    const name = fc.constantFrom('request', 'variables', 'item', 'body', '`a b`', 'items', '$x', '$', '$$', '*', '%');
    const { expression } = fc.letrec<{ expression: string }>((tie) => {
      const inner = tie('expression');
      const two = (make: (a: string, b: string) => string) => fc.tuple(inner, inner).map(([a, b]) => make(a, b));
      return {
        expression: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          name,
          fc.constantFrom('1', '"x"', 'true', '/a/', 'null'),
          two((a, b) => `${a}.${b}`),
          two((a, b) => `${a}[${b}]`),
          two((a, b) => `${a} + ${b}`),
          two((a, b) => `${a} and ${b}`),
          two((a, b) => `${a} ? ${b} : 1`),
          two((a, b) => `(${a}; ${b})`),
          two((a, b) => `[${a}, ${b}]`),
          two((a, b) => `{"k": ${a}, "l": ${b}}`),
          two((a, b) => `${a}{${b}: 1}`),
          two((a, b) => `${a}^(${b})`),
          two((a, b) => `$map(${a}, function($v) { ${b} })`),
          two((a, b) => `${a} ~> $join(${b})`),
          inner.map((a) => `$string(${a})`),
          inner.map((a) => `$lookup(${a})`),
          inner.map((a) => `$uppercase()&${a}`),
          inner.map((a) => `($f := ${a}; $f)`),
          inner.map((a) => `-${a}`),
        ),
      };
    });
    let sure = 0;
    fc.assert(
      fc.property(expression, (text) => {
        try {
          engineNames(text);
        } catch {
          return;
        }
        if (rootNames(text) !== null) sure++;
        agree(text);
      }),
      { numRuns: 3000 },
    );
    expect(sure).toBeGreaterThan(300);
  });
});
