import { boolean, bytes, defineAction, optional } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { readText } from '../../support/utf8.ts';
import { rendererFor } from './renderer.ts';

const longest = 500_000;

export default defineAction({
  id: 'data/markdown/to-html',
  title: 'Markdown to HTML',
  summary: 'Writes Markdown text as HTML.',
  keywords: ['render'],
  documentation: `
CommonMark, with the tables and the strikethrough of GitHub. HTML in the text is shown as text, and links to
\`javascript:\`, \`vbscript:\`, \`file:\` and most \`data:\` addresses are not made, so that what strangers wrote can go
into a page; links and images to other sites are made. \`breaks\` keeps single line breaks, and \`auto-link\` makes links of
bare addresses. At most 500,000 characters are read, and what is nested deeper than 100 levels is left out. Parts are
bounded as well: 150,000 of lines, fields of tables, and pieces of text between marks, where links count more than once.`,
  fields: {
    markdown: bytes({ label: 'Markdown', help: 'A text, or its UTF-8 bytes.' }),
    breaks: optional(
      boolean({ label: 'Line breaks', help: 'Whether a line break in the text is one in the result.' }),
      false,
    ),
    'auto-link': optional(boolean({ label: 'Auto-link', help: 'Whether addresses in the text become links.' }), false),
  },
  output: { type: 'string' },
  failures: { 'data-invalid': 'The text is too long or has too many parts, or is binary data that is not UTF-8.' },
  examples: [
    {
      given: { markdown: '# Order\n\n- *fresh* roses\n- [shop](https://shop.example)' },
      gives:
        '<h1>Order</h1>\n<ul>\n<li><em>fresh</em> roses</li>\n<li><a href="https://shop.example">shop</a></li>\n</ul>\n',
    },
    {
      given: { markdown: '<script>x</script> [y](javascript:z)' },
      gives: '<p>&lt;script&gt;x&lt;/script&gt; [y](javascript:z)</p>\n',
      note: 'Nothing of it can run.',
    },
    { given: { markdown: 'one\ntwo', breaks: true }, gives: '<p>one<br>\ntwo</p>\n' },
    { given: { markdown: '' }, gives: '' },
    { given: { markdown: new Uint8Array([255]) }, fails: 'data-invalid' },
    { given: { markdown: null }, fails: 'input-invalid' },
  ],
  run: ({ markdown: source, breaks, 'auto-link': linkify }) => {
    const html = rendererFor(breaks, linkify).render(readText(source, 'markdown', longest));
    checkTotal(html.length, 'markdown', 'characters');
    return html;
  },
});
