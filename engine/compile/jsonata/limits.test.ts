import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkJsonata, compileJsonata, compileTemplate } from '../jsonata.ts';
import { limits } from './budget.ts';

/*
 * Without the limits each of these would run for ever, or for hours, or end the process for want of memory. That the
 * test ends is half of what it shows.
 */

const outcome = (expression: string, data: unknown): { value?: unknown; code?: string; limit?: string } => {
  try {
    return { value: compileJsonata(expression)(data) };
  } catch (error) {
    const { code, details } = error as { code: string; details?: { limit?: string } };
    return { code, ...(details?.limit && { limit: details.limit }) };
  }
};

const nest = (levels: number, around: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = around(value);
  return value;
};
const as = 'a'.repeat(100_000);
const data = {
  as,
  asb: `${as}b`,
  big: 'a'.repeat(1_000_000),
  rows: Array.from({ length: 5_000 }, (_, index) => ({ id: (index * 7919) % 5_003, name: `n${index}` })),
  // The same two items over and over: small in memory, endless when written out.
  shared: nest(40, (inner) => [inner, inner]),
  sharedObjects: nest(40, (inner) => ({ a: inner, b: inner })),
  deep: nest(20_000, (inner) => ({ a: inner })),
  deepArrays: nest(20_000, (inner) => [inner]),
};
const doubling = (step: string, from: string, times = 60): string =>
  `($d := function($s, $n){ $n = 0 ? $s : $d(${step}, $n - 1) }; $d(${from}, ${times}))`;

const time: string[] = [
  '($f := function($n){ $f($n + 1) }; $f(0))',
  '($f := function(){ $eval("$f()") }; $map([1..1000000], function(){ $eval("1 + 1") }))',
  '$map(rows, function($a){ $map($$.rows, function($b){ $a.id = $b.id }) })',
  'rows@$a.rows@$b[$a.id = $b.id].{"x": $a.name}',
  'rows[$count($$.rows[id = 1]) > 0]',
  'shared.x',
  '$keys([shared])',
  `${doubling('{"a": $s, "b": $s}', '1')} = ${doubling('{"a": $s, "b": $s}', '1')}`,
  '$match(as, /a(.*b)?/)',
  '$map([1..1000000], function($n){ $n in $$.rows })',
  '($h := function($g, $n){ $h(function(){ $g }, $n + 1) }; $h(1, 0))',
];

const depth: string[] = [
  '($f := function($n){ 1 + $f($n + 1) }; $f(0))',
  '($f := function($n){ $g($n) & "x" }; $g := function($n){ $f($n) & "y" }; $f(0))',
  'deep.**',
  '$string(deep)',
  '{"x": deep}',
  'deep ~> |a|{"b": 1}|',
  'deepArrays.x',
  '{"x": deepArrays}.*',
  '$boolean(deepArrays)',
  '$keys(deepArrays)',
];

const sequence: string[] = [
  '[1..10000000]',
  'shared.**',
  '$split(big & big, "")',
  `$count(${doubling('$append($s, $s)', '[1]')})`,
  '{"a": shared}.*',
];

const size: string[] = [
  '$pad("x", 200000000)',
  '$pad("x", -200000000, "ab")',
  '$pad("x", 1e308 * 10)',
  '$map([1..1000], function(){ $pad("x", 9000000) })',
  '$map([1..1000], function(){ [1..1000000] })',
  '$join($map([1..1000], function(){ big }), ",")',
  '$join(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"], big)',
  doubling('$s & $s', '"x"'),
  doubling('{"a": $s, "b": $s}', '1'),
  `$string(${doubling('{"a": $s, "b": $s}', '1')})`,
  '$string(sharedObjects)',
  '[shared]',
  '{"a": shared} ~> |a|{}|',
  '[1..1000000].$$.big',
  '$replace(big, "a", big)',
  '$replace(as, /a/, function(){ big })',
  '$replace(as, /a/, "$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0")',
  '$encodeUrlComponent($pad("é", 9000000, "é"))',
  '$base64encode($pad("x", 9000000))',
  '($map([1..1000], function($i){ ($s := big & big & big & big & $string($i); $length($s); $s) }); 1)',
  '$contains("b" & as, /(a?){500}a{500}b/)',
  '$formatNumber(1, $pad("#", 1000000, "#"))',
  '$formatInteger(1, $pad("0", 1000000, "0"))',
  '$formatInteger(1e15, "I")',
  '$fromMillis(0, "[Y,2-999999999]")',
  '$fromMillis(0, "[Y,0x3B9ACA00]")',
  '$fromMillis(0, $join($map([1..100000], function(){ "[Y]" })))',
  '$now("[f,999999999]")',
  '$toMillis($pad("1", 60, "1") & "x", "[f][f][f][f][f][f][f][f][f][f]")',
  '$toMillis($pad("a", 100, "a") & "1", "[Ya][Ma][Da][Ha][ma][sa][fa][Wa][wa][xa]")',
  '$toMillis($pad("a", 100, "a") & "1", "[Ya]a[Ma]a[Da]a[Ha]a[ma]a[sa]a[Wa]")',
  '$toMillis($pad("one ", 100, "one ") & "!", "[Yw][Mw][Dw][Hw][mw][sw]")',
  '$toMillis($pad("1", 1000000, "1"), "[Y]")',
  '$eval($pad("1", 9000000, "+1"))',
];

const failed: string[] = [
  '$formatNumber(1e308 * 10, "0.0e0")',
  '$formatNumber(1234, "#,##0", {"grouping-separator": ""})',
  '$formatNumber(0, "0", {"zero-digit": ""})',
  '$formatInteger(1e308 * 10, "a")',
  '$formatInteger(1e308 * 10, "w")',
  '$fromMillis(1e300, "[Yw]")',
];

describe('an expression that would not end is stopped', () => {
  it.each(time)('by time, or earlier by what it made: %s', (expression) => {
    expect(outcome(expression, data)).toMatchObject({
      code: 'expression-limit',
      limit: expect.stringMatching(/^(time|size)$/),
    });
  });
  it.each(depth)('by depth: %s', (expression) => {
    expect(outcome(expression, data)).toMatchObject({
      code: 'expression-limit',
      limit: expect.stringMatching(/^(depth|time)$/),
    });
  });
  // On a busy machine the time is over first.
  it.each(sequence)('by the length of arrays: %s', (expression) => {
    expect(outcome(expression, data)).toMatchObject({
      code: 'expression-limit',
      limit: expect.stringMatching(/^(sequence|time)$/),
    });
  });
  it.each(size)('by size: %s', (expression) => {
    expect(outcome(expression, data)).toMatchObject({ code: expect.stringMatching(/^expression-/) });
    expect(outcome(expression, data).value).toBeUndefined();
  });
  it.each(failed)('as a failure: %s', (expression) => {
    expect(outcome(expression, data)).toEqual({ code: 'expression-failed' });
  });
  it('in a template too', () => {
    const template = compileTemplate('{{big}}'.repeat(11));
    expect(() => template.evaluate(data)).toThrow(/longer than the 10000000 allowed/);
  });
});

describe('large but sensible work is done', () => {
  const cases: [string, unknown][] = [
    ['$match(as, /(a|aa)+$/).index', 0],
    ['$contains(asb, /^(a+)+$/)', false],
    ['$replace(asb, /(a*)*b/, "x")', 'x'],
    ['$length($pad("x", 1000000))', 1_000_000],
    ['$count([1..100000])', 100_000],
    ['$max([1..200000])', 200_000],
    ['$count($distinct(rows))', 5_000],
    ['$count(rows^(id))', 5_000],
    ['$count($sort(rows.id))', 5_000],
    ['$count($keys(rows{name: id}))', 5_000],
    ['$count($spread(rows))', 10_000],
    ['($f := function($n, $a){ $n = 0 ? $a : $f($n - 1, $a + $n) }; $f(5000, 0))', 12_502_500],
    ['($f := function($n){ $n <= 1 ? 1 : $n * $f($n - 1) }; $f(100) > 1e150)', true],
    ['$length($reduce([1..5000], function($a, $i){ $a & "x" }))', 5000],
    ['$toMillis("20200131123456", "[Y0001][M01][D01][H01][m01][s01]")', 1580474096000],
    ['$toMillis("Friday, 31 January 2020", "[FNn], [D1] [MNn] [Y0001]")', 1580428800000],
    ['$formatInteger(1999, "I")', 'MCMXCIX'],
    ['$string(rows) ~> $length() > 100000', true],
  ];
  it.each(cases)('%s', (expression, expected) => {
    expect(outcome(expression, data)).toEqual({ value: expected });
  });
});

describe('each evaluation has its own limits', () => {
  it('whatever happened to the one before', () => {
    const endless = compileJsonata('($f := function($n){ 1 + $f($n + 1) }; $f(0))');
    const deep = compileJsonata('($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(200))');
    for (let round = 0; round < 20; round++) {
      expect(() => endless({})).toThrow(/deep/);
      expect(deep({})).toBe(200);
    }
  });
  it('even when one compiled expression is used by many runs', async () => {
    const evaluate = compileJsonata('($now(); $string($sum([1..1000].($ * $$.factor))))');
    const runs = Array.from({ length: 50 }, async (_, factor) => evaluate({ factor }));
    expect(await Promise.all(runs)).toEqual(Array.from({ length: 50 }, (_, factor) => String(500_500 * factor)));
  });
});

describe('an expression that could not even be parsed is refused', () => {
  const bombs: [string, string][] = [
    ['brackets', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['array brackets', '['.repeat(3000) + ']'.repeat(3000)],
    ['signs', `${'-'.repeat(50_000)}1`],
    ['steps', `a${'.a'.repeat(40_000)}`],
    ['length', '1'.repeat(limits.source + 1)],
    ['doubling with ?:', `${'('.repeat(30)}a${' ?: b)'.repeat(30)}`],
    ['doubling with ??', `${'('.repeat(30)}a${' ?? b)'.repeat(30)}`],
    ['a signature of many optional parameters', `(function($a)<${'x?'.repeat(30)}s>{1})(${Array(30).fill(1).join()})`],
    ['a signature of many repeated parameters', `(function($a)<${'x+'.repeat(10)}s>{1})(${Array(300).fill(1).join()})`],
    [
      'a huge regular expression',
      '/(?:(?:(?:a{10}){10}){10}){1}(?:(?:(?:a{10}){10}){10})(?:(?:(?:a{50}){10}){2})'.concat(
        '(?:b{1000})'.repeat(30),
        '/',
      ),
    ],
    ['a long regular expression', `/${'a'.repeat(limits.pattern + 1)}/`],
  ];
  it.each(bombs)('%s', (_, expression) => {
    expect(checkJsonata(expression)).toMatchObject({ message: expect.any(String) });
  });
  it('but not one that only looks similar', () => {
    expect(checkJsonata(Array(100).fill('(a.b)[0] ?? ""').join(' & '))).toBeUndefined();
    expect(checkJsonata(`[${Array(100).fill('$f(x) ?: 0').join()}]`)).toBeUndefined();
    expect(checkJsonata('(function($a, $b)<sn?:s>{$a & $b})("x", 2)')).toBeUndefined();
  });
});

it('the documentation prints these numbers', () => {
  const text = readFileSync(new URL('../../../docs/expressions.md', import.meta.url), 'utf8');
  for (const value of Object.values(limits)) expect(text).toContain(value.toLocaleString('en'));
});
