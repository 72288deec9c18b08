import { defineAction, string } from '../kit/index.ts';
import { toGraphemes } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/characters',
  title: 'Characters',
  summary: 'Gives the characters of a text as an array.',
  documentation: `
What people take for one character (a grapheme cluster, Unicode Standard Annex 29) stays together: accents with their letter, the
parts of an emoji, \\r\\n. Joining the array gives the text again. At most 1,000,000 characters are given. To cut a text into
parts of equal length, follow with \`array/chunk\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'array', items: { type: 'string' } },
  examples: [
    { given: { string: 'flow' }, gives: ['f', 'l', 'o', 'w'] },
    { given: { string: '' }, gives: [] },
    { given: { string: 'n\u0303🇯🇵' }, gives: ['n\u0303', '🇯🇵'] },
    { given: { string: 12 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => toGraphemes(string, 'string'),
});
