import { defineAction, string } from '../kit/index.ts';
import { unescapeHtml } from './html.ts';

export default defineAction({
  id: 'string/unescape-html',
  title: 'Unescape HTML',
  summary: 'Replaces the character references of HTML by what they stand for.',
  keywords: ['entities'],
  documentation: `
References by number, decimal and hex, are all known, and of those by name the ones of HTML 4 that are in use: accented Latin
letters, punctuation, arrows, common symbols, \`&apos;\`. Unknown names and what lacks its semicolon stay as they are; a number
that is no character becomes U+FFFD. Tags stay: \`data/html/to-text\` reads whole pages.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'Fish &amp; Chips &lt; 5&nbsp;&euro;' }, gives: 'Fish & Chips < 5\u00a0€' },
    { given: { string: '&#233; &#xe9; &eacute;' }, gives: 'é é é' },
    { given: { string: '&amp;lt; &unknown; AT&T' }, gives: '&lt; &unknown; AT&T', note: 'Each is read once.' },
    { given: { string: null }, fails: 'input-invalid' },
  ],
  run: ({ string }) => unescapeHtml(string),
});
