import { defineAction, integer, string } from '../kit/index.ts';
import { countGraphemes, endOfGrapheme, offsetOf } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/at',
  title: 'At',
  summary: 'Gives the character at a position of a text, or null.',
  documentation: `
Positions begin at 0; a negative one counts from the end, so that -1 is the last character. Where there is none, the result is
null. A character is what people take for one (a grapheme cluster, Unicode Standard Annex 29): an accented letter, an emoji or a
flag counts as one, and so does a line break of \\r\\n.`,
  fields: {
    string: string({ label: 'Text' }),
    at: integer({ label: 'Position', help: 'From 0; a negative number counts from the end.' }),
  },
  output: { type: ['string', 'null'] },
  examples: [
    { given: { string: 'autoflow', at: 1 }, gives: 'u' },
    { given: { string: 'autoflow', at: -1 }, gives: 'w' },
    { given: { string: 'autoflow', at: 100 }, gives: null },
    {
      given: { string: '🇩🇪 🇫🇷', at: 2 },
      gives: '🇫🇷',
      note: 'Each flag is one character, written with two code points.',
    },
    { given: { string: 'autoflow', at: 0.5 }, fails: 'input-invalid' },
  ],
  run: ({ string, at }) => {
    const position = at < 0 ? countGraphemes(string, 'string') + at : at;
    const start = position < 0 ? string.length : offsetOf(string, position, 'string');
    return start === string.length ? null : string.slice(start, endOfGrapheme(string, start, 'string'));
  },
});
