import { ActionFailure, defineAction, describeValue, either, object, type Plain, string } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { toText } from '../../support/text.ts';
import { encodeComponent, encodeWhole } from './percent.ts';
import { queryKind } from './query-kind.ts';

type Encode = (text: string) => string;

const encodeQuery = (query: Plain, encode: Encode): string => {
  let size = 0;
  const pairs: string[] = [];
  const add = (key: string, value: unknown): void => {
    const pair = `${encode(key)}=${encode(toText(value, `\`query.${key.length > 40 ? '…' : key}\``))}`;
    size += pair.length + 1;
    checkTotal(size, 'query', 'characters');
    pairs.push(pair);
  };
  for (const key of Object.keys(query).sort()) {
    const value = query[key];
    if (Array.isArray(value)) for (const item of value) add(key, item);
    else add(key, value);
  }
  return pairs.join('&');
};

export default defineAction({
  id: 'data/uri/encode-query',
  title: 'Encode query',
  summary: 'Writes an object as the query of a URI, or percent-encodes a text.',
  keywords: ['escape', 'parameters', 'querystring', 'url', 'urlencode'],
  documentation: `
\`www-form\` writes an object as HTML forms are sent, with \`+\` for a space; \`rfc3986\` writes a space as \`%20\`. Both
leave only letters, digits and \`-._~\` as they are. Keys are sorted; an array repeats its key, and null is an empty value.
\`percent\` takes a text and encodes what may stand nowhere in a URI, such as a space: reserved characters stay, \`%\`
becomes \`%25\`. Text is encoded as UTF-8.`,
  fields: {
    query: either(object(), string(), { label: 'Query', help: 'Values by name, or a text for the type percent.' }),
    type: queryKind,
  },
  output: { type: 'string' },
  examples: [
    {
      given: { query: 'ftp://s-ite.tld/?value=put it+й', type: 'percent' },
      gives: 'ftp://s-ite.tld/?value=put%20it+%D0%B9',
    },
    { given: { query: { key: 'value with spaces' }, type: 'rfc3986' }, gives: 'key=value%20with%20spaces' },
    {
      given: { query: { tag: ['a b', 'c&d'], page: 2, empty: null }, type: 'www-form' },
      gives: 'empty=&page=2&tag=a+b&tag=c%26d',
    },
    { given: { query: {}, type: 'rfc3986' }, gives: '' },
    { given: { query: 'a b', type: 'www-form' }, fails: 'input-invalid', note: 'This type takes an object.' },
    { given: { query: { a: { b: 1 } }, type: 'www-form' }, fails: 'input-invalid', note: 'data/form/encode nests.' },
  ],
  run: ({ query, type }) => {
    if ((typeof query === 'string') !== (type === 'percent')) {
      const allowed = type === 'percent' ? 'a text' : 'an object';
      throw new ActionFailure(
        'input-invalid',
        `\`query\` must be ${allowed} for the type ${type}, found ${describeValue(query)}`,
      );
    }
    if (typeof query === 'string') return encodeWhole(query, 'query');
    const encode = (text: string): string => encodeComponent(text, 'query');
    return encodeQuery(query, type === 'rfc3986' ? encode : (text) => encode(text).replaceAll('%20', '+'));
  },
});
