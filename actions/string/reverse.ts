import { defineAction, string } from '../kit/index.ts';
import { eachGrapheme } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/reverse',
  title: 'Reverse',
  summary: 'Writes the characters of a text in reverse order.',
  documentation: `
What people take for one character (a grapheme cluster, Unicode Standard Annex 29) stays as it is: accents stay with their
letters, flags and emoji whole, and \\r\\n is not turned round. Reversing twice does not always give the text again, since what
stood apart may join.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'autoflow' }, gives: 'wolfotua' },
    { given: { string: '' }, gives: '' },
    { given: { string: 'noe\u0308l' }, gives: 'le\u0308on', note: 'The accent stays with its letter.' },
    { given: { string: { a: 1 } }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    const reversed = new Uint16Array(string.length);
    eachGrapheme(string, 'string', (start, end) => {
      let to = string.length - end;
      for (let at = start; at < end; at += 1, to += 1) reversed[to] = string.charCodeAt(at);
    });
    return Buffer.from(reversed.buffer).toString('utf16le');
  },
});
