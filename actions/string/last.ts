import { defineAction, string } from '../kit/index.ts';
import { offsetOf } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/last',
  title: 'Last',
  summary: 'Gives the last character of a text, or null when it is empty.',
  documentation: `
A character is what people take for one (a grapheme cluster, Unicode Standard Annex 29), whatever it is written with. A line break
at the end is a character as well: trim the text first when it may have one.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: ['string', 'null'] },
  examples: [
    { given: { string: 'autoflow' }, gives: 'w' },
    { given: { string: '' }, gives: null },
    { given: { string: 'team 👩‍👩‍👧' }, gives: '👩‍👩‍👧', note: 'Three people and what joins them are one character.' },
    { given: { string: null }, fails: 'input-invalid' },
  ],
  run: ({ string }) => (string === '' ? null : string.slice(offsetOf(string, -1, 'string'))),
});
