import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

// Unicode White_Space without the no-break spaces U+00A0, U+2007 and U+202F.
const words = /[^\t-\r \u0085\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/g;

export default defineAction({
  id: 'string/split',
  title: 'Split',
  summary: 'Splits a text at white space.',
  keywords: ['explode', 'tokenize'],
  documentation: `
Several white space characters in a row count as one; leading and trailing ones are ignored. White space is what Unicode calls so,
line breaks included, but for the no-break spaces. At most 1,000,000 parts are given. For other separators use
\`string/split-by\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'array', items: { type: 'string' } },
  examples: [
    { given: { string: 'foo bar' }, gives: ['foo', 'bar'] },
    { given: { string: '  foo \t\n bar ' }, gives: ['foo', 'bar'] },
    { given: { string: '10\u00a0km away' }, gives: ['10\u00a0km', 'away'], note: 'A no-break space does not split.' },
    { given: { string: ' ' }, gives: [] },
    { given: { string: ['foo bar'] }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    const parts = string.match(words) ?? [];
    checkTotal(parts.length, 'string');
    return [...parts];
  },
});
