import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pagesOf } from '../../actions/docs/pages.ts';
import { showValue } from '../../actions/docs/show-value.ts';
import { actions } from '../../actions/index.ts';
import { defineAction, lazy, oneOf, optional, rows, string } from '../../actions/kit/index.ts';

const root = fileURLToPath(new URL('../../docs/actions', import.meta.url));

describe('docs/actions', () => {
  it('says what the actions say; if not, run: npm run generate', () => {
    const pages = pagesOf(actions);
    const written = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
    expect(written.sort()).toEqual([...pages.keys()].sort());
    const stale = [...pages].filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text);
    expect(stale.map(([path]) => path)).toEqual([]);
  });

  it('leads from page to page', () => {
    const pages = pagesOf(actions);
    for (const [path, text] of pages) {
      if (!path.endsWith('.md')) continue;
      for (const [, target] of text.matchAll(/\]\(([^)#:]+)\)/g))
        expect([...pages.keys()], path).toContain(
          join(path, '..', target as string)
            .split(sep)
            .join('/'),
        );
    }
  });
});

const hostile = defineAction({
  id: 'data/odd/one',
  title: 'Odd',
  summary: 'Takes <b> and | and `x`.',
  documentation: 'A <script>alert(1)</script> in **text**.',
  fields: {
    __proto__x: optional(string({ label: 'A | b', help: 'Uses `a|b` and <i>.' }), '`|`'),
    cases: rows(
      { when: lazy({ label: 'When' }), mode: oneOf(['<%=a%>', 'b|c'], { label: 'Mode' }) },
      { label: 'Cases' },
    ),
  },
  output: {
    type: 'object',
    properties: { a: { type: ['string', 'null'] }, b: { type: 'array', items: { enum: [1, 'x'] } } },
  },
  failures: { 'too-odd': 'It holds `<` or |.' },
  examples: [
    { given: { value: '```</script>' }, gives: new Uint8Array([1, 255]), note: 'A <note>.' },
    { given: {}, fails: 'too-odd' },
  ],
  run: () => null,
});
const nothing = defineAction({
  id: 'data/nothing',
  title: 'Nothing',
  summary: 'Does nothing.',
  fields: {},
  output: null,
  examples: [{ given: {}, gives: null }],
  run: () => null,
});

describe('the pages of an action', () => {
  const pages = pagesOf([hostile, nothing]);

  it('show everything in Markdown, with nothing that breaks out', () => {
    expect(pages.get('data/odd/one.md')).toBe(`# Odd

\`data/odd/one\` · Takes <b> and | and \`x\`.

A <script>alert(1)</script> in **text**.

## Fields

| Field | Type | Needed | Meaning |
| --- | --- | --- | --- |
| \`__proto__x\` | text | no: \`\` "\`\\|\`" \`\` | A \\| b: Uses \`a\\|b\` and &lt;i>. |
| \`cases\` | array of objects | yes | Cases |
| \`cases[].when\` | steps or any value | yes | When |
| \`cases[].mode\` | one of &lt;%=a%>, b\\|c | yes | Mode |

## Result

Object { a: text or null, b: array, each item 1 or "x" }.

## Failures

| Code | When |
| --- | --- |
| \`input-invalid\` | A field is missing, or holds what is not allowed. |
| \`too-odd\` | It holds \`<\` or \\|. |

## Examples

\`\`\`\`js
{ "value": "\`\`\`</script>" }
=> <binary 01 ff>
\`\`\`\`

A <note>.

\`\`\`js
{}
=> fails: too-odd
\`\`\`

[All actions](../../README.md)
`);
  });

  it('leave out what there is not', () => {
    const page = pages.get('data/nothing.md');
    expect(page).toContain('## Fields\n\nNone.\n\n## Result\n\nNone.\n\n## Examples');
    expect(page).toContain('(../README.md)');
  });

  it('show everything in one page of HTML, with nothing that breaks out', () => {
    const page = pages.get('index.html') as string;
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain(
      '<details id="data/odd/one" data-places="one odd\ndata/odd/one\n\ntakes &lt;b&gt; and | and `x`.\n__proto__x a | b cases cases',
    );
    expect(page).not.toMatch(/\s(?:src|href)=(?!"#in:data(?:\/odd)?")/);
    expect(page).not.toContain('undefined');
  });

  it('list actions by category', () => {
    expect(pages.get('README.md')).toContain(
      '## data\n\n| Action | What it does |\n| --- | --- |\n| [`data/nothing`](data/nothing.md) | Does nothing. |\n\n## data/odd\n',
    );
  });
});

describe('showValue', () => {
  it.each([
    [{ a: [1, 'x', null], b: {} }, '{ "a": [1, "x", null], "b": {} }'],
    [[new Date(0), new Date(Number.NaN)], '[<date 1970-01-01T00:00:00.000Z>, <date invalid>]'],
    [new Uint8Array(), '<binary, empty>'],
    [new Uint8Array(30), '<binary 00 00 00 00 00 00 00 00 00 00 00 00 … 30 bytes>'],
    ['a\u202E\u0000\u{E0001}"', '"a\\u202e\\u0000\\udb40\\udc01\\""'],
    ['x'.repeat(200), `"${'x'.repeat(40)}"<… 200 characters>`],
    [Array.from({ length: 50 }, () => 0), `[${'0, '.repeat(20)}<… 30 more>]`],
    [[undefined, () => 1, 10n, Number.NaN, -0], '[<nothing>, <steps>, 10n, NaN, -0]'],
    [JSON.parse('{"__proto__":1}'), '{ "__proto__": 1 }'],
  ])('shows %o', (value, text) => expect(showValue(value)).toBe(text));

  it('breaks lines where one is too long', () => {
    expect(showValue({ first: [1, 2, 3], second: { third: 'four' } }, 21)).toBe(
      '{\n  "first": [1, 2, 3],\n  "second": {\n    "third": "four"\n  }\n}',
    );
  });

  it('cuts what is deep', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 5000; level += 1) deep = [deep];
    expect(showValue(deep)).toContain('<… deeper>');
  });
});
