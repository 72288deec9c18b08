import { boolean, bytes, defineAction, integer, optional } from '../../kit/index.ts';
import { library } from '../../support/library.ts';
import { readText } from '../../support/utf8.ts';
import { checkTags } from './nesting.ts';
import { tableFormatter } from './table.ts';

const htmlToText = library<typeof import('html-to-text')>('html-to-text');

const longest = 1_000_000;

export default defineAction({
  id: 'data/html/to-text',
  title: 'HTML to text',
  summary: 'Gives the text of HTML as someone would read it.',
  keywords: ['strip tags'],
  documentation: `
Paragraphs are set apart by empty lines, list items begin with \`*\` or their number, the cells of a table stand side by
side, and character references are resolved. Scripts, styles and comments are left out, and so are images. With \`links\`
the address of a link stands in brackets behind its text. With \`width\` lines are broken at spaces. The HTML need not be
well-formed, and nothing is ever loaded or run. The result is text, not HTML: escape it again before it goes into a page.

At most 1,000,000 characters, 100,000 tags and 500 levels of open tags are read, and tables of 1,000,000 fields and
10,000,000 characters in all. A cell spans 1,000 columns or rows at most. Lines in quotes, lists
and tables count once for each of these around them, and may be 1,000,000.`,
  fields: {
    html: bytes({ label: 'HTML', help: 'A text, or its UTF-8 bytes.' }),
    links: optional(boolean({ label: 'Links', help: 'Whether addresses of links are shown.' }), true),
    width: optional(
      integer({ label: 'Width', help: 'Characters of a line; unlimited if left out.', minimum: 20, maximum: 1000 }),
    ),
  },
  output: { type: 'string' },
  failures: {
    'data-invalid':
      'The HTML is too long, has too many tags, too large tables or too deep nesting, or is binary data that is not UTF-8.',
  },
  examples: [
    {
      given: {
        html: '<h1>Order</h1><p>Thank <b>you</b>, R&amp;D!<ul><li>Roses<li>Tulips</ul><script>track()</script>',
      },
      gives: 'Order\n\nThank you, R&D!\n\n * Roses\n * Tulips',
    },
    {
      given: { html: '<p>See <a href="https://shop.example">the shop</a></p>' },
      gives: 'See the shop [https://shop.example]',
    },
    { given: { html: '<p>See <a href="https://shop.example">the shop</a></p>', links: false }, gives: 'See the shop' },
    {
      given: { html: '<p>Flowers for every day of the week</p>', width: 20 },
      gives: 'Flowers for every\nday of the week',
    },
    { given: { html: new Uint8Array([255]) }, fails: 'data-invalid' },
    { given: { html: ['<p>'] }, fails: 'input-invalid' },
  ],
  run: ({ html, links, width }) => {
    const source = readText(html, 'html', longest);
    checkTags(source);
    return htmlToText().convert(source, {
      wordwrap: width ?? false,
      formatters: { table: tableFormatter() },
      selectors: [
        { selector: 'a', options: { ignoreHref: !links, hideLinkHrefIfSameAsText: true } },
        { selector: 'img', format: 'skip' },
        { selector: 'table', format: 'table', options: { maxColumnWidth: 60 } },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      ],
    });
  },
});
