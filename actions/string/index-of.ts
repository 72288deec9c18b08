import { boolean, defineAction, optional, string } from '../kit/index.ts';
import { countGraphemes, eachGrapheme } from '../support/graphemes.ts';
import { findLast, openSearch } from './search.ts';

export default defineAction({
  id: 'string/index-of',
  title: 'Index of',
  summary: 'Gives the position at which a piece of text occurs in another, or null.',
  keywords: ['find', 'search', 'strpos'],
  documentation: `
The position counts characters as people see them (grapheme clusters) from 0, so that it suits \`string/slice\` and
\`string/split-at\`; it is that of the character in which the occurrence begins. The empty text occurs at 0, and for the last time
at the end. Upper and lower case differ.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to look for.' }),
    last: optional(boolean({ label: 'Last', help: 'Give the last occurrence instead of the first.' }), false),
  },
  output: { type: ['integer', 'null'], minimum: 0 },
  examples: [
    { given: { string: 'user@mail.example', pattern: '@' }, gives: 4 },
    { given: { string: 'a/b/c', pattern: '/', last: true }, gives: 3 },
    { given: { string: 'abc', pattern: 'x' }, gives: null },
    { given: { string: '🇨🇭: Bern', pattern: ':' }, gives: 1, note: 'The flag is one character.' },
    { given: { string: 'abc', pattern: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern, last }) => {
    if (pattern === '') return last ? countGraphemes(string, 'string') : 0;
    const offset = last ? findLast(string, pattern) : openSearch(string, pattern)(0);
    if (offset < 0) return null;
    let position = 0;
    eachGrapheme(string, 'string', (_, end) => {
      if (end > offset) return true;
      position += 1;
      return false;
    });
    return position;
  },
});
