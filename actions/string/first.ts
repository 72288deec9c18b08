import { defineAction, string } from '../kit/index.ts';
import { endOfGrapheme } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/first',
  title: 'First',
  summary: 'Gives the first character of a text, or null when it is empty.',
  documentation: `
A character is what people take for one (a grapheme cluster, Unicode Standard Annex 29), whatever it is written with: a letter
with its accents, an emoji with its skin tone, a flag. White space and invisible characters count like any other.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: ['string', 'null'] },
  examples: [
    { given: { string: 'autoflow' }, gives: 'a' },
    { given: { string: '' }, gives: null },
    { given: { string: 'e\u0301te\u0301' }, gives: 'e\u0301', note: 'The accent is a code point of its own here.' },
    { given: { string: 123 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => (string === '' ? null : string.slice(0, endOfGrapheme(string, 0, 'string'))),
});
