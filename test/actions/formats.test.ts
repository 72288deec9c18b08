import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionContext, type ActionDefinition, ActionFailure } from '../../actions/kit/index.ts';
import { runAction } from '../support/action-context.ts';

const run = (id: string, given: Record<string, unknown>): unknown =>
  runAction(actionById.get(`data/${id}`) as ActionDefinition, given, undefined as unknown as ActionContext);
const failureOf = (id: string, given: Record<string, unknown>): ActionFailure => {
  try {
    run(id, given);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown;
    throw thrown;
  }
  throw new Error(`${id} did not fail`);
};

const runLate = async (id: string, given: Record<string, unknown>, signal: AbortSignal): Promise<unknown> =>
  await runAction(actionById.get(`data/${id}`) as ActionDefinition, given, { signal } as ActionContext);
const lateFailureOf = (id: string, given: Record<string, unknown>): Promise<unknown> =>
  runLate(id, given, new AbortController().signal).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

/** Decoders by the name of their field. */
const decoders: Record<string, string> = {
  csv: 'csv/decode',
  yaml: 'yaml/decode',
  xml: 'xml/decode',
  json: 'json/decode',
  json5: 'json5/decode',
  ndjson: 'ndjson/decode',
  toml: 'toml/decode',
  form: 'form/decode',
  html: 'html/to-text',
  markdown: 'markdown/to-html',
};

describe.each(Object.entries(decoders))('a text of %s', (field, id) => {
  it('is read, or told to be none, whatever it is', () => {
    const pieces = fc.constantFrom(
      ...'<>&;:"\'[]{}()=,.-#!*|`~%+\\/ \n\r\t\0a1é🌻'.split(''),
      '<a>',
      '</a>',
      '- ',
      '&a ',
      '*a',
      '<!',
      ']]>',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')),
        ),
        (text) => {
          try {
            run(id, { [field]: text });
          } catch (thrown) {
            if (!(thrown instanceof ActionFailure)) throw thrown;
            expect(thrown.code, thrown.message).toBe('data-invalid');
          }
        },
      ),
    );
  });

  it('is refused when it is binary data that are no UTF-8', () =>
    expect(failureOf(id, { [field]: new Uint8Array([0xff, 0xfe]) }).code).toBe('data-invalid'));

  it('is the same as its bytes, with or without a byte order mark', () => {
    const text =
      { csv: 'a\nb', xml: '<a>ü</a>', toml: 'a = "ü"', json: '"ü"', json5: '"ü"', ndjson: '"ü"' }[field] ?? 'ü';
    const plain = run(id, { [field]: text });
    expect(run(id, { [field]: new TextEncoder().encode(`\uFEFF${text}`) })).toEqual(plain);
    expect(run(id, { [field]: `\uFEFF${text}` })).toEqual(plain);
  });

  it('is refused when it is too long', () =>
    expect(failureOf(id, { [field]: ' '.repeat(10_000_001) })).toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('at most'),
    }));
});

describe('hostile texts', () => {
  const laughs = (alias: (previous: string) => string): string =>
    Array.from(
      { length: 12 },
      (_, level) => `a${level}: &a${level} ${level === 0 ? '[x]' : alias(`*a${level - 1}`)}`,
    ).join('\n');
  const many = (count: number, make: (index: number) => string): string =>
    Array.from({ length: count }, (_, i) => make(i)).join('');

  const padded = `<table><tr>${'<td>abcdefghijklmnopqrstuvwxyz'.repeat(900)}${'<tr><td colspan=900>x<td>x'.repeat(900)}`;
  const emptyFields = `${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${'|\n'.repeat(200_000)}`;

  it.each<[string, string, string, string]>([
    ['YAML whose aliases double', 'yaml', laughs((a) => `[${`${a}, `.repeat(9)}]`), 'aliases'],
    [
      'YAML whose merges double',
      'yaml',
      many(40, (i) => (i ? `a${i}: &a${i} {<<: [*a${i - 1}], x: *a${i - 1}, y: *a${i - 1}}\n` : 'a0: &a0 {z: 1}\n')),
      'aliases',
    ],
    ['YAML with an alias inside of its own value', 'yaml', 'a: &a [*a]', 'inside'],
    ['YAML with an alias before its anchor', 'yaml', 'a: *b', 'anchor'],
    ['YAML nested too deeply in brackets', 'yaml', '['.repeat(5000), 'nested'],
    ['YAML nested too deeply in dashes', 'yaml', '- '.repeat(5000), 'nested'],
    ['YAML nested too deeply in a long text', 'yaml', '['.repeat(900_000), 'line 1, column 5'],
    ['YAML nested too deeply in keys', 'yaml', '? '.repeat(5000), 'nested'],
    [
      'YAML whose aliases repeat long texts',
      'yaml',
      `- &a ${'x'.repeat(200_000)}\n${'- *a\n'.repeat(60)}`,
      'characters',
    ],
    ['YAML with anchor after anchor', 'yaml', '&a '.repeat(20_000), 'anchor'],
    ['YAML with comma after comma', 'yaml', `[${','.repeat(30_000)}]`, ','],
    ['YAML with a tag of its own', 'yaml', '!!python/object:os.system {}', 'tag'],
    ['YAML with a key twice', 'yaml', 'a: 1\nb: 2\na: 3', 'same key'],
    ['YAML with a list as key', 'yaml', '? [a]\n: 1', 'line 1'],
    ['YAML with an infinite number', 'yaml', 'a: [1, -.inf]', 'number'],
    ['XML nested too deeply', 'xml', '<a>'.repeat(1001), 'levels'],
    ['XML with an entity of its own', 'xml', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'declarations'],
    ['XML with an entity of HTML', 'xml', '<a>&nbsp;</a>', 'entity'],
    ['XML with a reference to no character', 'xml', '<a>&#0;</a>', 'no character'],
    ['XML with a reference beyond Unicode', 'xml', '<a>&#x110000;</a>', 'no character'],
    ['XML with a control character', 'xml', '<a>\u0001</a>', 'U+0001'],
    ['XML with a comment that does not end', 'xml', `<a>${'<!--'.repeat(1)}`, 'comment'],
    ['HTML nested too deeply', 'html', '<b><p>'.repeat(600), 'tags open'],
    ['HTML nested too deeply beside end tags', 'html', '<div></b>'.repeat(600), 'tags open'],
    ['HTML with too many tags', 'html', '<p>x'.repeat(100_001), 'tags'],
    ['HTML with cells that span too much', 'html', `<table>${'<tr><td colspan=1000>x'.repeat(1_100)}`, 'tables'],
    ['HTML with tables padded too much', 'html', padded, 'tables'],
    ['HTML with lines in too many quotes', 'html', '<blockquote>'.repeat(490) + 'x<br>'.repeat(90_000), 'lines'],
    ['Markdown with a table of too many empty fields', 'markdown', emptyFields, 'parts'],
    ['Markdown with quotes that go on for too many lines', 'markdown', '> '.repeat(90) + 'a\n'.repeat(9_000), 'parts'],
    ['Markdown with too many brackets', 'markdown', '&lt;!['.repeat(70_000), 'parts'],
    ['Markdown with too many marks', 'markdown', '**a*'.repeat(60_000), 'parts'],
    ['Markdown with too many references', 'markdown', '[a]: /x\n'.repeat(30_000) + '[a]'.repeat(30_000), 'parts'],
    ['CSV with too many values in a row', 'csv', ','.repeat(100_000), 'in one row'],
    ['CSV with short rows of a wide table', 'csv', many(20_000, (i) => `${i},`) + '\n1'.repeat(60), 'values'],
    ['JSON nested too deeply', 'json', '['.repeat(2000), 'deeper'],
    ['JSON5 nested too deeply', 'json5', '['.repeat(1002) + ']'.repeat(1002), 'deeper'],
    ['TOML nested too deeply', 'toml', `a = ${'['.repeat(2000)}`, 'nested'],
    ['TOML with keys nested too deeply', 'toml', `a${'.a'.repeat(2000)} = 1`, 'nested'],
    ['a form nested too deeply', 'form', `a${'[b]'.repeat(200)}=1`, 'deeper'],
  ])('%s: refused', async (_, field, text, message) =>
    expect(await lateFailureOf(decoders[field] as string, { [field]: text })).toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining(message),
    }),
  );

  const decodeYaml = (yaml: string, signal = new AbortController().signal): unknown =>
    runAction(actionById.get('data/yaml/decode') as ActionDefinition, { yaml }, { signal } as ActionContext);

  it.each<[string, string]>([
    ['items', `[${'a,'.repeat(495_000)}]`],
    ['lines', '- a\n'.repeat(240_000)],
    ['documents', '--- a\n'.repeat(160_000)],
  ])('YAML of too many %s is refused, in pieces', async (_, text) => {
    const decoded = decodeYaml(text);
    expect(decoded).toBeInstanceOf(Promise);
    await expect(decoded).rejects.toMatchObject({ code: 'data-invalid', message: expect.stringContaining('tokens') });
  });

  it('long YAML is read while others go on, and no further than its run', async () => {
    const text = many(90_000, (i) => `k${i}: 1\n`);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    const decoded = (await decodeYaml(text)) as object;
    clearInterval(timer);
    expect(Object.keys(decoded)).toHaveLength(90_000);
    expect(turns).toBeGreaterThan(3);
    const controller = new AbortController();
    const late = decodeYaml(text, controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(late).rejects.toThrow('cancelled');
  });

  it.each<[string, string]>([
    ['yaml', many(3000, (i) => `- &k${i} 1\n- *k${i}\n`)],
    ['xml', `<a ${many(20_000, (i) => `a${i}="1" `)}/>`],
    ['xml', `<a>${'<![CDATA[x]]>'.repeat(20_000)}</a>`],
    ['csv', ','.repeat(100_000)],
    ['csv', `${'"'.repeat(99_999)}\n`],
    ['form', 'a[]=1&'.repeat(50_000)],
    ['form', many(20_000, (i) => `a[${19_999 - i}]=1&`)],
    ['toml', many(5000, (i) => `[k${i}]\n`)],
    ['markdown', '['.repeat(20_000)],
    ['markdown', '*a **a '.repeat(5_000)],
    ['html', '<'.repeat(50_000)],
  ])('%s of odd shape is read or refused without waiting for long', async (field, text) => {
    const failure = await lateFailureOf(decoders[field] as string, { [field]: text });
    if (failure !== undefined) expect(failure).toBeInstanceOf(ActionFailure);
  });

  it.each<[string, string, string]>([
    ['yaml', '__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}', '__proto__'],
    ['yaml', 'a: &a {__proto__: {polluted: true}}\n<<: *a', 'a'],
    ['xml', '<__proto__ __proto__="1" constructor="2"><constructor>3</constructor></__proto__>', '__proto__'],
    ['json5', '{__proto__: {polluted: true}}', '__proto__'],
    ['toml', '[__proto__]\npolluted = true', '__proto__'],
    ['form', '__proto__[polluted]=true', '__proto__'],
  ])('%s may have the key __proto__', (field, text, key) => {
    const result = run(decoders[field] as string, { [field]: text }) as object;
    expect(Object.keys(result)).toContain(key);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('CSV may have it as a header, and queries as a name', () => {
    const { data } = run('csv/decode', { csv: '__proto__,constructor\n1,2' }) as { data: object[] };
    expect(Object.entries(data[0] as object)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    const query = run('uri/decode-query', { query: '__proto__=1', type: 'rfc3986' }) as object;
    expect(Object.entries(query)).toEqual([['__proto__', '1']]);
  });
});

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,5}$/);
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);
const valueWith = (scalar: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
/** Where -0 is written as 0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what is written is read back', () => {
  it('as YAML, in one document or several', () => {
    const any = valueWith(
      fc.oneof(
        leaf,
        fc.constant(null),
        fc.constantFrom('yes', '~', '1e3', '2026-01-31', '- a', '# b', '<<', ' x ', '0x1F'),
      ),
    );
    fc.assert(
      fc.property(any, (value) => {
        expect(plain(run('yaml/decode', { yaml: run('yaml/encode', { data: value }) }))).toEqual(plain(value));
      }),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), (data) => {
        const yaml = run('yaml/encode', { data, documents: true });
        expect(plain(run('yaml/decode', { yaml, documents: true }))).toEqual(plain(data));
      }),
    );
  });

  it('as TOML', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), valueWith(leaf)), (data) => {
        expect(plain(run('toml/decode', { toml: run('toml/encode', { data }) }))).toEqual(plain(data));
      }),
    );
  });

  it('as NDJSON', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (data) => {
        expect(run('ndjson/decode', { ndjson: run('ndjson/encode', { data }) })).toEqual(plain(data));
      }),
    );
  });

  it('as execution data, with bytes, dates and what looks like a tag', () => {
    const scalar = fc.oneof(
      leaf,
      fc.constant(null),
      fc.uint8Array().map((bytes) => Uint8Array.from(bytes)),
      fc.date({ noInvalidDate: true }),
    );
    const tagged = fc
      .constantFrom('$bytes', '$date', '$plain')
      .chain((key) => valueWith(scalar).map((value) => ({ [key]: value })));
    fc.assert(
      fc.property(fc.oneof(valueWith(scalar), tagged), (data) => {
        const read = run('execution/decode', { json: run('execution/encode', { data }) });
        expect(run('execution/encode', { data: read })).toBe(run('execution/encode', { data }));
        expect(read).toEqual(data);
      }),
    );
  });

  it('as CSV, whatever the values hold', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('', ' ', 'a,b', '"', '\n', '\r\n', '\r', ' x ', '=1'));
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })));
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('lf', 'crlf'), (rows, delimiter, end) => {
        const data = rows.map((row) => Object.fromEntries(row.map((value, index) => [`c${index}`, value])));
        const headers = (rows[0] ?? ['']).map((_, index) => `c${index}`);
        const csv = run('csv/encode', { headers, data, delimiter, 'line-end': end });
        const read = run('csv/decode', { csv, delimiter }) as { data: unknown[] };
        expect(read).toEqual({ headers, data });
      }),
    );
  });

  it('as a form, with all values as texts', () => {
    const text = fc.string({ unit: 'grapheme' });
    const item = fc.oneof(
      text,
      fc.dictionary(name, text, { minKeys: 1, maxKeys: 3 }),
      fc.array(text, { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.dictionary(name, item), (data) => {
        expect(run('form/decode', { form: run('form/encode', { data }) })).toEqual(data);
      }),
    );
  });

  it('as a query of either kind', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
        (query) => {
          for (const type of ['www-form', 'rfc3986']) {
            const text = run('uri/encode-query', { query, type }) as string;
            expect(text).toMatch(/^[\w.~%&=+-]*$/);
            expect(run('uri/decode-query', { query: text, type })).toEqual(query);
          }
        },
      ),
    );
  });

  it('as XML, with attributes', () => {
    const content = fc.string({
      unit: fc.constantFrom('a', ' ', '<', '>', '&', '"', "'", 'ü', '🌻', '\n', '\t', '\r', ']]>'),
    });
    const element: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      element: fc.record({
        attribute: fc.dictionary(name, content, { maxKeys: 2 }),
        value: fc.oneof({ maxDepth: 3 }, content, fc.dictionary(name, tie('element'), { minKeys: 1, maxKeys: 3 })),
      }),
    })).element;
    fc.assert(
      fc.property(name, element, (root, value) => {
        const data = { [root]: value };
        expect(run('xml/decode', { xml: run('xml/encode', { data }), trim: false })).toEqual(data);
      }),
    );
  });
});

describe('XML that is not well-formed', () => {
  it.each([
    [''],
    ['text'],
    ['<a/><b/>'],
    ['<a>'],
    ['</a>'],
    ['<a></b>'],
    ['<a></a>text'],
    ['<a b=1/>'],
    ['<a b/>'],
    ['<a b="1"c="2"/>'],
    ['<a b="1" b="2"/>'],
    ['<a b="<"/>'],
    ['<a b="1/>'],
    ['<a>&</a>'],
    ['<a>&lt</a>'],
    ['<a>]]></a>'],
    ['<1a/>'],
    ['< a/>'],
    ['<a/ >'],
    ['<a><!-- -- --></a>'],
    ['<a><![CDATA[x]]</a>'],
    [' <?xml version="1.0"?><a/>'],
    ['<a/><!DOCTYPE a>'],
    ['<A></a>'],
    ['<a>&#xD800;</a>'],
    ['<![CDATA[x]]><a/>'],
  ])('%s: refused', (xml) => expect(failureOf('xml/decode', { xml }).code).toBe('data-invalid'));

  it.each([
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- x -->\n<!DOCTYPE a PUBLIC "-//X//>" \'y\'>\n<a/>\n<?pi x?>',
      { a: '' },
    ],
    ['<a b = \'"x"\n\'\t></a >', { a: '' }],
    ['<x:a xmlns:x="u"><x:b/></x:a>', { 'x:a': { 'x:b': '' } }],
    ['<a>x\r\ny\rz</a>', { a: 'x\ny\nz' }],
    ['<a>&#65;&#x42;&amp;lt;</a>', { a: 'AB&lt;' }],
    ['<größe-1.x/>', { 'größe-1.x': '' }],
  ])('%s: read', (xml, value) => expect(run('xml/decode', { xml, attributes: false })).toEqual(value));

  it('is told with the place of the fault', () =>
    expect(failureOf('xml/decode', { xml: '<a>\n  <b></c>\n</a>' }).message).toContain('line 2, column 6'));
});

describe('URIs', () => {
  // RFC 3986, sections 1.1.2 and 3, and what the original library does of default ports.
  it.each([
    'ftp://ftp.is.co.za/rfc/rfc1808.txt',
    'ldap://[2001:db8::7]/c=GB?objectClass?one',
    'telnet://192.0.2.16:80/',
    'foo://example.com:8042/over/there?name=ferret#nose',
    'https://a%20b@host.example/%C3%BC?x=%26&y#',
    'http://host.example?',
  ])('%s is taken apart and put together', (uri) => {
    const parts = run('uri/decode', { uri }) as Record<string, unknown>;
    expect(run('uri/encode', parts)).toBe(uri);
  });

  it.each([
    ['', { scheme: null, host: null, path: null, query: null, fragment: null }],
    ['//host.example/a', { scheme: null, host: 'host.example', port: null, path: '/a' }],
    ['a/b?c', { scheme: null, host: null, path: 'a/b', query: 'c' }],
    ['tel:+1-816-555-1212', { scheme: 'tel', host: null, path: '+1-816-555-1212' }],
    ['file:///etc/hosts', { scheme: 'file', host: '', port: null, path: '/etc/hosts' }],
    ['wss://user:a@b@host.example:/', { userinfo: 'user:a@b', host: 'host.example', port: 443 }],
  ])('%j is read', (uri, parts) => expect(run('uri/decode', { uri })).toMatchObject(parts));

  it.each([
    'http://a b/',
    'http://ü.example/',
    'http://a/%zz',
    'http://a:65536/',
    'http://a:b:c/',
    'http://[::1',
    'a\n',
  ])('%j is none', (uri) => expect(failureOf('uri/decode', { uri }).code).toBe('data-invalid'));

  it('with half a character cannot be made', () =>
    expect(failureOf('uri/encode-query', { query: '\ud83c', type: 'percent' }).code).toBe('input-invalid'));
});

it('CSV formulas are made harmless when that is asked for', () => {
  const csv = run('csv/encode', {
    headers: ['a'],
    data: [['=1'], ['+1'], ['-1'], ['@x'], ['x']],
    'escape-formulas': true,
  });
  expect(csv).toBe("a\n'=1\n'+1\n'-1\n'@x\nx");
});

describe('a long CSV text', () => {
  const row = 'é,"a\r\n""b"" ",🌻';
  const csv = `x,y,z\r\n${`${row}\r\n`.repeat(20_000)}`;

  it('is read as a short one is, while other work goes on', async () => {
    const short = run('csv/decode', { csv: `x,y,z\r\n${row}` }) as { data: unknown[]; headers: unknown };
    let turns = 0;
    const count = (): void => {
      turns += 1;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    const long = (await runLate('csv/decode', { csv }, new AbortController().signal)) as typeof short;
    clearImmediate(turning);
    expect(long.headers).toEqual(short.headers);
    expect(long.data).toHaveLength(20_000);
    expect(new Set(long.data.map((made) => JSON.stringify(made)))).toEqual(new Set([JSON.stringify(short.data[0])]));
    expect(turns).toBeGreaterThan(5);
  });

  it('is left when the run is cancelled, and told where it is none', async () => {
    await expect(runLate('csv/decode', { csv }, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow(
      'cancelled',
    );
    const failure = await lateFailureOf('csv/decode', { csv: `${csv}"a` });
    expect(failure).toMatchObject({ code: 'data-invalid', message: expect.stringContaining('ends within') });
  });
});

it('HTML tables keep cells that span rows and columns in their places', () => {
  const html =
    '<table><tr><td rowspan=2>a<br>b<td colspan=2>c<td>d<tr><td>e<td>f<td>g<tr><td colspan=100000 rowspan=100000>h</table>';
  expect(run('html/to-text', { html })).toBe('a   c       d\nb   e   f   g\nh');
  const rows = run('html/to-text', { html: `<table>${'<tr><td>x'.repeat(30_000)}` }) as string;
  expect(rows).toBe(Array.from({ length: 30_000 }, () => 'x').join('\n'));
});

it('data that are shared are bounded by what they are when written out', () => {
  let shared: unknown = 'x';
  for (let level = 0; level < 40; level += 1) shared = { a: shared, b: shared };
  for (const id of ['yaml/encode', 'toml/encode', 'form/encode', 'xml/encode']) {
    expect(failureOf(id, { data: { root: shared } }).code, id).toBe('input-invalid');
  }
});

it('Markdown makes no HTML that could run', () => {
  const html = run('markdown/to-html', {
    markdown:
      '<img src=x onerror=y>\n\n[a](JaVaScRiPt:x) [b](data:text/html,x) ![c](vbscript:x) <javascript:x>\n\n[d](https://a.example "\\" onclick=x")',
  }) as string;
  expect(new Set(html.match(/<[^>]*>/g))).toEqual(
    new Set(['<p>', '</p>', '<a href="https://a.example" title="&quot; onclick=x">', '</a>']),
  );
});

describe('data/map', () => {
  it('treats __proto__ like any key, in paths of both sides', () => {
    const data = JSON.parse('{"__proto__":{"x":1}}');
    const result = run('map', { data, mapping: { '__proto__.y': '__proto__.x', z: 'constructor' } }) as object;
    expect(JSON.stringify(result)).toBe('{"__proto__":{"y":1},"z":null}');
  });

  it.each([
    ['a', { a: 1 }, 1],
    ['', { a: 1 }, { a: 1 }],
    ['a.b\\.c', { a: { 'b.c': 2 } }, 2],
    ['a.0', { a: [3] }, 3],
    ['a.0', { a: { 0: 4 } }, 4],
    ['a.-1', { a: [3, 5] }, 5],
    ['a..b', { a: { '': { b: 6 } } }, 6],
    ['$.a', { a: 7 }, 7],
    ['$', 8, 8],
    ['a.b.c', { a: 'text' }, null],
  ])('reads %j', (path, data, value) => expect(run('map', { data, mapping: { x: path } })).toEqual({ x: value }));
});
