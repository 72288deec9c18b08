import { defineAction, string } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { decodePercent } from './percent.ts';
import { queryKind } from './query-kind.ts';

export default defineAction({
  id: 'data/uri/decode-query',
  title: 'Decode query',
  summary: 'Reads the query of a URI as an object, or decodes a percent-encoded text.',
  keywords: ['parameters', 'parse', 'querystring', 'unescape', 'url'],
  documentation: `
\`www-form\` reads \`+\` as a space, \`rfc3986\` leaves it. Of a name that occurs twice the last value counts
(data/form/decode gives them all); a name without \`=\` has an empty text, and empty parts between two \`&\` are skipped. A
question mark at the beginning belongs to the first name. \`percent\` gives the whole as a text. A \`%\` that does not begin
a character of UTF-8 fails.`,
  fields: { query: string({ label: 'Query', help: 'Without the question mark.' }), type: queryKind },
  output: { type: ['object', 'string'] },
  failures: { 'data-invalid': 'Something is percent-encoded that is no UTF-8.' },
  examples: [
    { given: { query: 'percent=oh+yes%21', type: 'rfc3986' }, gives: { percent: 'oh+yes!' } },
    { given: { query: 'percent=oh+yes%21', type: 'www-form' }, gives: { percent: 'oh yes!' } },
    { given: { query: 'a=1&b&a=2&&c==', type: 'www-form' }, gives: { a: '2', b: '', c: '=' } },
    { given: { query: 'put%20it+%D0%B9', type: 'percent' }, gives: 'put it+й' },
    { given: { query: 'rate=100%', type: 'rfc3986' }, fails: 'data-invalid' },
    { given: { query: 'a=1', type: 'plain' }, fails: 'input-invalid' },
  ],
  run: ({ query, type }) => {
    if (type === 'percent') return decodePercent(query, 'query');
    const decode = (text: string): string =>
      decodePercent(type === 'rfc3986' ? text : text.replaceAll('+', ' '), 'query');
    const parts = query.split('&').filter((part) => part !== '');
    checkTotal(parts.length, 'query');
    return Object.fromEntries(
      parts.map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
      }),
    );
  },
});
