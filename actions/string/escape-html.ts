import { defineAction, string } from '../kit/index.ts';
import { escapeHtml } from './html.ts';

export default defineAction({
  id: 'string/escape-html',
  title: 'Escape HTML',
  summary: 'Writes a text so that HTML and XML show it as it is.',
  keywords: ['entities', 'htmlspecialchars', 'sanitize'],
  documentation: `
\`&\`, \`<\`, \`>\`, \`"\` and \`'\` become references, which is enough for the content of elements and for attributes in quotes,
and not for scripts, style sheets, URLs or attributes without quotes. What is escaped already is escaped again: \`&amp;\` becomes
\`&amp;amp;\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    {
      given: { string: '<b title="x">Fish & Chips</b>' },
      gives: '&lt;b title=&quot;x&quot;&gt;Fish &amp; Chips&lt;/b&gt;',
    },
    { given: { string: "it's" }, gives: 'it&#39;s' },
    { given: { string: 'é €' }, gives: 'é €' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => escapeHtml(string, 'string'),
});
