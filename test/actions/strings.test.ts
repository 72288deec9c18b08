import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionDefinition, ActionFailure } from '../../actions/kit/index.ts';
import { countLeading, countTrailing } from '../../actions/string/ends.ts';
import { countOccurrences, findLast, openSearch } from '../../actions/string/search.ts';
import { countGraphemes, isUnitEach, offsetOf, toGraphemes } from '../../actions/support/graphemes.ts';
import { runAction } from '../support/action-context.ts';

const run = (id: string, given: Record<string, unknown>): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, undefined as never);

const failure = (id: string, given: Record<string, unknown>): string => {
  try {
    run(id, given);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'nothing failed';
};

const whole = new Intl.Segmenter('und', { granularity: 'grapheme' });
const segments = (text: string): string[] => [...whole.segment(text)].map(({ segment }) => segment);

/** What joins what stands beside it, and plain characters around it. */
const pieces = [
  ...['a', 'Z', ' ', '\r', '\n', '\r\n', '\t', 'é', 'e\u0301', 'ж', '漢', '한', '\u1112', '\u1161', '\u11ab', 'ﬁ'],
  ...['🇩', '🇪', '👩', '\u200d', '🏽', '\ufe0f', '❤', '👧', '😀', '\u{1f3f4}', '\u{e0067}', '\u{e007f}', '©'],
  ...['न', '\u094d', 'म', 'ि', 'ก', 'ำ', '\u0600', '\u0903', '\u200c', '\ud800', '\udc00', '\u{20000}', '\u3099'],
];
const mixed = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

describe('characters', () => {
  it('are those of the segmenter, whatever stands side by side', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        expect(toGraphemes(text, 'string')).toEqual(segments(text));
      }),
      { numRuns: 500 },
    );
  });

  // Looks at every unit.
  it('are units where a text is said to have a unit each', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(isUnitEach);
    expect(units.length).toBeGreaterThan(50_000);
    for (let at = 0; at < units.length; at += 50) {
      const block = units.slice(at, at + 50);
      expect(segments(block.join('')).length, `at U+${block[0]?.charCodeAt(0).toString(16)}`).toBe(block.length);
      expect(segments(block.map((unit) => `${unit}a`).join('')).length).toBe(block.length * 2);
    }
  }, 20_000);

  it('do not end where a window of the segmenter does', () => {
    for (const [one, count] of [
      ['👩‍👩‍👧', 100],
      ['e\u0301', 300],
      [`a${'\u0301'.repeat(5000)}`, 3],
      ['🇩🇪', 500],
      ['👨‍👩‍👧‍👦 \r\n', 90],
    ] as const) {
      const text = one.repeat(count);
      expect(toGraphemes(text, 'string').join('')).toBe(text);
      expect(countGraphemes(text, 'string')).toBe(count * segments(one).length);
    }
  });

  it('are counted alike from both ends', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: -45, max: 45 }), (text, position) => {
        const all = segments(text);
        const start = position < 0 ? Math.max(0, all.length + position) : position;
        expect(offsetOf(text, position, 'string')).toBe(all.slice(0, start).join('').length);
        expect(run('string/at', { string: text, at: position })).toBe(all.at(position) ?? null);
        expect(run('string/split-at', { string: text, position })).toEqual([
          all.slice(0, start).join(''),
          all.slice(start).join(''),
        ]);
        expect(run('string/slice', { string: text, start: position, length: 3 })).toBe(
          all.slice(start, start + 3).join(''),
        );
      }),
    );
  });

  it('are refused when too many of them are composed', () => {
    expect(failure('string/length', { string: '🇩🇪'.repeat(500_001) })).toMatch(
      /^input-invalid: `string` has more than 500000 characters that are composed/,
    );
    expect(run('string/length', { string: 'é漢😀\r\n'.repeat(200_000) })).toBe(800_000);
  });

  it('are split off at any number of places', () => {
    fc.assert(
      fc.property(mixed, fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 6 }), (text, positions) => {
        const parts = run('string/split-at-multiple', { string: text, positions }) as string[];
        expect(parts.join('')).toBe(text);
        expect(parts.length).toBe(positions.length + 1);
        const count = segments(text).length;
        const lengths = positions
          .map((at) => Math.min(count, Math.max(0, at < 0 ? count + at : at)))
          .sort((a, b) => a - b);
        let before = '';
        for (const [index, length] of lengths.entries()) {
          before += parts[index];
          expect(before).toBe(segments(text).slice(0, length).join(''));
        }
      }),
    );
  });

  it('stay whole when they are reversed', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        expect(run('string/reverse', { string: text })).toBe(segments(text).reverse().join(''));
      }),
    );
  });
});

describe('searching', () => {
  const few = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 700 }).map((parts) => parts.join(''));

  it('finds what the runtime finds, long patterns too', () => {
    fc.assert(
      fc.property(few, fc.nat(), fc.integer({ min: 1, max: 600 }), fc.nat(30), (text, start, length, from) => {
        const pattern = text.slice(start % (text.length + 1)).slice(0, length) || 'abba';
        expect(openSearch(text, pattern)(from)).toBe(text.indexOf(pattern, from));
        expect(findLast(text, pattern)).toBe(text.lastIndexOf(pattern));
        expect(countOccurrences(text, pattern)).toBe(text.split(pattern).length - 1);
        expect(run('string/replace', { string: text, pattern, replacement: '$&-' })).toBe(
          text.split(pattern).join('$&-'),
        );
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const text = 'a'.repeat(2_000_000);
    const pattern = `${'a'.repeat(500_000)}b${'a'.repeat(500_000)}`;
    expect(run('string/contains', { string: text, contents: [pattern] })).toBe(false);
    expect(run('string/index-of', { string: text, pattern, last: true })).toBeNull();
    expect(run('string/count', { string: text, pattern })).toBe(0);
  }, 5000);

  it('refuses many patterns for a long text', () => {
    const patterns = Array.from({ length: 1000 }, (_, index) => `x${index}`);
    const string = 'a'.repeat(100_000);
    expect(failure('string/contains', { string, contents: patterns })).toMatch(
      /^input-invalid: `contents` has 1000 texts/,
    );
    expect(failure('string/split-by', { string, patterns })).toMatch(/^input-invalid: `patterns` has 1000 texts/);
    expect(run('string/contains', { string: 'x999', contents: patterns })).toBe(true);
  });
});

describe('splitting', () => {
  it.each([
    [{ string: 'abcd', patterns: ['b', 'bc'] }, ['a', 'd']],
    [{ string: 'ababab', patterns: ['aba', 'b'] }, ['', '', 'a', '']],
    [{ string: '', patterns: ',' }, ['']],
    [{ string: '', patterns: ',', trim: true }, []],
    [{ string: ' a b c ', patterns: ' ', trim: true, parts: 2 }, ['a', 'b c ']],
    [{ string: 'abc', patterns: [] }, ['abc']],
    [{ string: 'abc', patterns: '', parts: 3 }, ['', 'a', 'bc']],
    [{ string: 'abc', patterns: '', trim: true }, ['a', 'b', 'c']],
    [{ string: 'e\u0301a', patterns: [''] }, ['', 'e\u0301', 'a', '']],
  ])('by texts: %j', (given, parts) => expect(run('string/split-by', given)).toEqual(parts));

  it('by one text is that of the runtime', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ',') }),
        fc.constantFrom(',', 'a', ',,', 'ab'),
        (string, by) => {
          expect(run('string/split-by', { string, patterns: by })).toEqual(string.split(by));
          const escaped = run('string/escape', { string: by });
          expect(run('string/regex-split', { string, regex: escaped })).toEqual(string.split(by));
        },
      ),
    );
  });

  it('refuses more than 1,000,000 parts', () => {
    const string = '\n'.repeat(1_000_001);
    for (const [id, given] of [
      ['string/split-by', { patterns: '\n' }],
      ['string/split-by', { patterns: '' }],
      ['string/split-by-newline', {}],
      ['string/characters', {}],
    ] as const) {
      expect(failure(id, { string, ...given }), id).toMatch(
        /^input-invalid: `string` would make more than 1000000 items/,
      );
    }
    const words = { string: 'a '.repeat(1_000_001) };
    expect(failure('string/split', words)).toMatch(/^input-invalid: `string`/);
    expect(failure('string/words', words)).toMatch(/^input-invalid: `string`/);
  });
});

describe('ends', () => {
  it('are counted in whole patterns', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        fc.constantFrom('a', 'ab', 'aba'),
        (text, pattern) => {
          expect(pattern.repeat(countLeading(text, pattern))).toBe(
            new RegExp(`^(?:${pattern})*`).exec(text)?.[0] as string,
          );
          expect(pattern.repeat(countTrailing(text, pattern))).toBe(
            new RegExp(`(?:${pattern})*$`).exec(text)?.[0] as string,
          );
        },
      ),
    );
  });

  it('are white space as Unicode has it', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    const trimmed = units.filter((unit) => run('string/trim', { string: `${unit}x${unit}` }) === 'x');
    expect(trimmed).toEqual(units.filter((unit) => /\p{White_Space}/u.test(unit)));
  });
});

describe('results that would be too large', () => {
  const half = 'x'.repeat(6_000_000);
  it.each([
    ['string/concatenate', { string: half, with: half }],
    ['string/join', { array: [half, half], delimiter: '' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what workflows write
    ['string/interpolate', { string: '${a}${a}', format: '${variable}', variable: { a: half } }],
    ['string/template', { template: '{{a}}{{a}}', data: { a: half } }],
    ['string/replace', { string: half, pattern: 'x', replacement: 'yz' }],
    ['string/replace', { string: half, pattern: 'xx', replacement: half, global: false }],
    ['string/replace-leading', { string: half, pattern: 'x', replacement: 'yz' }],
    ['string/replace-trailing', { string: half, pattern: 'x', replacement: 'yz' }],
    ['string/replace-prefix', { string: half, pattern: '', replacement: half }],
    ['string/replace-suffix', { string: half, pattern: '', replacement: half }],
    ['string/regex-replace', { string: 'x'.repeat(11_000), regex: '.+', replacement: '\\0'.repeat(999) }],
    ['string/mask', { string: half, mask: '**' }],
    ['string/pad-leading', { string: '', count: 1, paddings: Array.from({ length: 100 }, () => half) }],
    ['string/escape', { string: '.'.repeat(6_000_000) }],
    ['string/escape-html', { string: '<'.repeat(3_000_000) }],
    ['string/normalize', { string: '\ufdfa'.repeat(1_000_000), form: 'NFKC' }],
  ])('%s refuses them', (id, given) => expect(failure(id, given)).toMatch(/^input-invalid: .*10000000 characters/));
});

describe('regular expressions', () => {
  const reasons: [string, RegExp][] = [
    ['a(?=b)', /look-ahead or look-behind/],
    ['(?<!a)b', /look-ahead or look-behind/],
    ['(a)\\1', /back-references/],
    ['(?<n>a)\\k<n>', /back-references/],
    ['a'.repeat(2001), /has 2001 characters/],
    ['[z-a]', /invalid character class range/],
    ['\\pL{1000}'.repeat(30), /is too large/],
    ['((a{1,1000}){1,1000})', /is no regular expression/],
    [`${'('.repeat(1000)}`, /is no regular expression/],
  ];
  it.each(reasons)('%s is refused with its reason', (regex, reason) => {
    const message = failure('string/regex-run', { string: 'a', regex });
    expect(message).toMatch(/^pattern-invalid: `regex` /);
    expect(message).toMatch(reason);
    expect(message.length).toBeLessThan(300);
  });

  it.each(['[(?=a)]', '\\(?=a', '\\\\1', '[\\1-2]?'.replace('\\1-2', '\\\\k<a>')])('%s is none of these', (regex) =>
    expect(failure('string/regex-is-match', { string: 'a', regex })).toBe('nothing failed'),
  );

  it('match an escaped text literally, and only it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const regex = run('string/escape', { string: text }) as string;
        if (regex.length > 1900) return;
        expect(run('string/regex-run', { string: `<${text}>`, regex: `^<${regex}>$` })).toEqual([`<${text}>`]);
        expect(run('string/regex-is-match', { string: `${text}.`, regex: `^${regex}$` })).toBe(false);
      }),
    );
  });

  it('find what those of the runtime find', () => {
    const regexes = ['a', 'a*', '(a)(b)?', 'a|ab', '(?:a|b)+?c', '^a', 'b$', '[^a]', '', '.b', '(a*)(b*)'];
    fc.assert(
      fc.property(
        fc.constantFrom(...regexes),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀') }),
        (regex, string) => {
          const native = [...string.matchAll(new RegExp(regex, 'gu'))];
          const found = run('string/regex-scan', { string, regex }) as string[][];
          expect(found.map(([match]) => match)).toEqual(native.map(([match]) => match));
          expect(run('string/regex-replace', { string, regex, replacement: '<\\0>' })).toBe(
            string.replace(new RegExp(regex, 'gu'), '<$&>'),
          );
          expect(run('string/regex-run', { string, regex })).toEqual(found[0] ?? null);
          expect(run('string/regex-is-match', { string, regex })).toBe(found.length > 0);
        },
      ),
    );
  });

  it.each([
    [{ string: 'A\na', regex: '^a$', modifiers: 'im' }, [['A'], ['a']]],
    [{ string: 'a\nb', regex: 'a.b', modifiers: 's' }, [['a\nb']]],
    [{ string: 'aaa', regex: 'a+', modifiers: 'U' }, [['a'], ['a'], ['a']]],
    [{ string: 'é', regex: '\\u00e9' }, [['é']]],
    [{ string: '__proto__', regex: '(?<__proto__>_+)p' }, [['__p', '__']]],
  ])('know modifiers: %j', (given, matches) => expect(run('string/regex-scan', given)).toEqual(matches));

  it('name groups as any key may be named', () => {
    const captures = run('string/regex-capture-to-object', { string: 'b', regex: '(?<__proto__>b)' }) as object;
    expect(Object.keys(captures)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(captures)).toBe(Object.prototype);
  });

  it.each([
    ['a bad pattern for a long text', 'regex-is-match', { string: 'a'.repeat(1_000_000), regex: '(a?){500}a{500}' }],
    ['one that looks far ahead for each match', 'regex-scan', { string: 'a'.repeat(400_000), regex: '.*x|a' }],
    [
      'one that does while replacing',
      'regex-replace',
      { string: 'a'.repeat(400_000), regex: '.*x|a', replacement: '' },
    ],
    ['one that does while splitting', 'regex-split', { string: 'a'.repeat(400_000), regex: '.*x|a' }],
  ])(
    'end soon: %s',
    (_, name, given) => {
      expect(failure(`string/${name}`, given)).toMatch(/^input-invalid: `string` has \d+ characters, and this pattern/);
    },
    5000,
  );
});

describe('many matches', () => {
  const text = 'ab'.repeat(100_000);
  const begin = (id: string, given: object, signal: AbortSignal): unknown =>
    runAction(actionById.get(id) as ActionDefinition, { string: text, ...given }, { signal } as never);

  it.each<[string, object, unknown]>([
    ['string/regex-scan', { regex: 'a' }, Array(100_000).fill(['a'])],
    ['string/regex-split', { regex: 'a' }, ['', ...Array(100_000).fill('b')]],
    [
      'string/regex-split',
      { regex: 'a', trim: true, parts: 90_000 },
      [...Array(89_999).fill('b'), 'b'.concat('ab'.repeat(10_000))],
    ],
    ['string/regex-replace', { regex: 'a', replacement: '' }, 'b'.repeat(100_000)],
  ])('are found by %s piece by piece, and no further than the run', async (id, given, result) => {
    const found = begin(id, given, new AbortController().signal);
    expect(found).toBeInstanceOf(Promise);
    expect(await found).toEqual(result);
    const controller = new AbortController();
    const late = begin(id, given, controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(late).rejects.toThrow('cancelled');
  });

  it('are found in a megabyte', async () => {
    const { signal } = new AbortController();
    const found = await begin('string/regex-scan', { string: 'a'.repeat(990_000), regex: '' }, signal);
    expect(found).toHaveLength(990_001);
  });

  it('that look far ahead end soon', () => {
    const before = process.cpuUsage().user;
    expect(failure('string/regex-split', { string: text.repeat(2), regex: 'a(?:.*x)?' })).toMatch(/^input-invalid/);
    expect(process.cpuUsage().user - before).toBeLessThan(1_000_000);
  });
});

describe('string/regex-replace', () => {
  it.each([
    ['\\g{1}0', 'a0'],
    ['\\1', 'a'],
    ['\\10', ''],
    ['\\9', ''],
    ['\\\\1', '\\1'],
    ['\\q\\', '\\q\\'],
    ['\\g{x}|', '|'],
    ['$1$&', '$1$&'],
  ])('reads %s as Elixir does', (replacement, replaced) =>
    expect(run('string/regex-replace', { string: 'a', regex: '(a)', replacement })).toBe(replaced),
  );
});

it('string/regex-replace refuses very many references', () =>
  expect(failure('string/regex-replace', { string: 'a', regex: 'a', replacement: '\\0'.repeat(1000) })).toMatch(
    /^input-invalid: `replacement` has 1000 references/,
  ));

describe('string/unescape', () => {
  it('reads what JSON writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const ascii = JSON.stringify(text).replace(
          /[^ -~]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
        expect(run('string/unescape', { string: ascii.slice(1, -1) })).toBe(text);
      }),
    );
  });

  it.each(['\\u12', '\\u{110000}', '\\u{}', '\\udc00\\ud800', '\\x', '\\xg0', 'a\\'])('refuses %s', (string) =>
    expect(failure('string/unescape', { string })).toMatch(/^data-invalid: `string` has an/),
  );
});

describe('string/template', () => {
  it.each([
    ['{{#a}}{{b}}{{/a}}', { a: { b: 1 }, b: 2 }, '1'],
    ['{{#a}}{{b}}{{/a}}', { a: true, b: 2 }, '2'],
    ['{{#a}}{{.}},{{/a}}', { a: [1, null, 'x'] }, '1,,x,'],
    ['{{#a}}{{#.}}{{.}}{{/.}};{{/a}}', { a: [[1, 2], [3]] }, '12;3;'],
    ['{{^a}}none{{/a}}', { a: [] }, 'none'],
    ['{{^a}}none{{/a}}', { a: 0 }, ''],
    ['{{#a}}{{/a}}{{^a}}x{{/a}}', {}, 'x'],
    ['{{ a.1.b }}', { a: [0, { b: 'deep' }] }, 'deep'],
    ['a\n  {{! note }}  \nb', {}, 'a\nb'],
    ['a {{! note }}\nb', {}, 'a \nb'],
    ['{{#a}}\r\nx\r\n{{/a}}\r\ny', { a: true }, 'x\r\ny'],
    ['{{a}} }} {', { a: 1 }, '1 }} {'],
    ['{{constructor}}{{__proto__}}', { constructor: 'c', ['__proto__']: 'p' }, 'cp'],
    ['{{{a}}}{{& a}}{{a}}', { a: '{{b}}' }, '{{b}}{{b}}{{b}}'],
  ])('%s', (template, data, text) => expect(run('string/template', { template, data })).toBe(text));

  it.each(['{{', '{{a', '{{{a}}', '{{}}', '{{a..b}}', '{{/a}}', '{{#a}}{{/b}}', '{{#a}}', '{{> p}}', '{{=<% %>=}}'])(
    'refuses %s',
    (template) =>
      expect(failure('string/template', { template, data: { a: 1 } })).toMatch(/^template-invalid: `template` /),
  );

  it.each(['{{toString}}', '{{a.length}}', '{{a.-1}}', '{{a.1}}'])('finds only what is there: %s', (template) =>
    expect(failure('string/template', { template, data: { a: [0] } })).toMatch(/^input-invalid: `template` needs/),
  );

  it('is bounded in depth and in steps', () => {
    const nest = (depth: number): string => '{{#a}}'.repeat(depth) + '{{/a}}'.repeat(depth);
    expect(failure('string/template', { template: nest(51), data: {} })).toMatch(/nested deeper than 50/);
    const many = { template: nest(5), data: { a: Array.from({ length: 100 }, () => 1) } };
    expect(failure('string/template', many)).toMatch(/more than 1000000 steps/);
    const long = '{{!}} \t'.repeat(300_000);
    expect(run('string/template', { template: long, data: {} })).toHaveLength(600_000);
  });

  it('escapes what it writes', () => {
    const data = { a: `<"&'> ü/\ud800` };
    expect(run('string/template', { template: '{{a}}', data, escape: 'html' })).toBe(
      '&lt;&quot;&amp;&#39;&gt; ü/\ud800',
    );
    expect(run('string/template', { template: '{{a}}', data, escape: 'url' })).toBe(
      "%3C%22%26'%3E%20%C3%BC%2F%EF%BF%BD",
    );
    expect(run('string/template', { template: '{{a}}{{{a}}}', data: { a: 1 }, escape: 'json' })).toBe('11');
  });
});

describe('letter case', () => {
  it.each([
    ['snake', 'XMLHttpRequest', 'xml_http_request'],
    ['snake', "don't stop", 'dont_stop'],
    ['snake', 'éléphantRose', 'éléphant_rose'],
    ['snake', 'sha256Hash 2nd', 'sha256_hash_2nd'],
    ['snake', 'ABC', 'abc'],
    ['kebab', '漢字 kana', '漢字-kana'],
    ['camel', 'FOO_BAR', 'fooBar'],
    ['camel', '__x', 'x'],
  ])('%s: %s', (name, string, written) => expect(run(`string/${name}-case`, { string })).toBe(written));

  it.each([
    ['ß', 'Ss'],
    ['ŉ', 'ʼN'],
    ['ǆabc', 'ǅabc'],
    ['ﬁve', 'Five'],
    ['😀ABC', '😀abc'],
  ])('capitalises %s', (string, written) => expect(run('string/capitalize-first', { string })).toBe(written));
});

describe('similarity', () => {
  it.each([
    ['martha', 'marhta', 'jaro', 0.9444444444444445],
    ['dixon', 'dicksonx', 'jaro', 0.7666666666666666],
    ['martha', 'marhta', 'jaro-winkler', 0.9611111111111111],
    ['', '', 'jaro', 1],
    ['', 'a', 'jaro', 0],
    ['a', 'a', 'jaro', 1],
    ['abc', '', 'levenshtein', 0],
    ['👩‍👩‍👧', '👩‍👩‍👦', 'levenshtein', 0],
    ['kitten', 'sitting', 'levenshtein', 1 - 3 / 7],
  ])('%s and %s: %s', (string, other, method, similarity) =>
    expect(run('string/similarity', { string, other, method })).toBeCloseTo(similarity, 15),
  );

  it('lies between 0 and 1 and is the same both ways', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    fc.assert(
      fc.property(short, short, fc.constantFrom('jaro', 'jaro-winkler', 'levenshtein'), (string, other, method) => {
        const similarity = run('string/similarity', { string, other, method }) as number;
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(run('string/similarity', { string: other, other: string, method })).toBeCloseTo(similarity, 14);
      }),
    );
  });

  it('refuses long texts', () =>
    expect(failure('string/similarity', { string: 'a'.repeat(5001), other: 'b' })).toMatch(
      /^input-invalid: `string` has 5001/,
    ));
});

describe('marks', () => {
  const marks = `a${'\u0301\u0323'.repeat(20_000)}`;
  it.each([
    ['string/normalize', { string: marks }],
    ['string/remove-accents', { string: marks }],
    ['string/is-equal', { string: 'a', value: marks }],
  ])('in great number are refused by %s', (id, given) =>
    expect(failure(id, given)).toMatch(/^input-invalid: `(?:string|value)` has 40000 combining marks in a row/),
  );

  it('go from Latin and Greek letters only', () =>
    expect(run('string/remove-accents', { string: 'ñ Ώ й हिन्दी ệ' })).toBe('n Ω й हिन्दी e'));
});

describe('character encodings', () => {
  it.each(['utf-8', 'UTF16', 'utf-32be', 'gb18030'])('%s takes any text and gives it again', (encoding) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        // What stands for faults counts as one when it is read.
        const string = text.replaceAll('\ufffd', '?');
        const bytes = run('string/character-encode', { string, encoding });
        expect(bytes).toBeInstanceOf(Uint8Array);
        expect(run('string/character-decode', { string: bytes, encoding })).toBe(string.replace(/^\ufeff/, ''));
      }),
    );
  });

  it.each(['constructor', '__proto__', '', 'hex', '_internal', 'x'.repeat(1000)])('does not know %s', (encoding) =>
    expect(failure('string/character-encode', { string: 'a', encoding })).toMatch(
      /^encoding-unknown: `encoding` must be/,
    ),
  );

  it('refuses half a surrogate pair in UTF-8', () =>
    expect(failure('string/character-encode', { string: '\ud800', encoding: 'utf8' })).toMatch(/^data-invalid/));
});

describe('HTML', () => {
  it('is read again as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '&', '<', '"', "'", ';', '#', 'amp') }), (string) => {
        const escaped = run('string/escape-html', { string });
        expect(escaped).not.toMatch(/[<>"']/);
        expect(run('string/unescape-html', { string: escaped })).toBe(string);
      }),
    );
  });

  it.each([
    ['&Auml;&szlig;&divide;&yuml;', 'Äß÷ÿ'],
    ['&constructor;&__proto__;', '&constructor;&__proto__;'],
    ['&#0;&#xd800;&#x110000;', '\ufffd\ufffd\ufffd'],
    ['&amp', '&amp'],
  ])('%s', (string, text) => expect(run('string/unescape-html', { string })).toBe(text));
});

describe('string/truncate', () => {
  it('never gives more characters than asked for, and a beginning of the text', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 1, max: 20 }), fc.boolean(), (string, length, words) => {
        const short = run('string/truncate', { string, length, words, ellipsis: '~' }) as string;
        if (short === string) return;
        expect(short.endsWith('~')).toBe(true);
        expect(segments(short).length).toBeLessThanOrEqual(length);
        expect(string.startsWith(short.slice(0, -1))).toBe(true);
      }),
    );
  });
});

describe('string/slug', () => {
  it('refuses what is no language', () =>
    expect(failure('string/slug', { string: 'a', locale: '?' })).toMatch(/^input-invalid: `locale` must be/));

  it('refuses long texts and takes hostile ones', () => {
    expect(failure('string/slug', { string: 'a'.repeat(10_001) })).toMatch(
      /^input-invalid: `string` has 10001 characters/,
    );
    for (const piece of ['-', 'aB', "'s", '🦄', '\u0301\u0323', '&']) {
      expect(run('string/slug', { string: piece.repeat(10_000 / piece.length) })).toMatch(/^[a-z0-9-]*$/);
    }
  });
});
