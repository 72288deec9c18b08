import { boolean, defineAction, optional, string } from '../kit/index.ts';
import { capitalize, checkLength } from './letter-case.ts';

const word = /(?<![\p{L}\p{M}\p{N}])\p{L}[\p{L}\p{M}\p{N}'’]*/gu;

export default defineAction({
  id: 'string/title-case',
  title: 'Title case',
  summary: 'Begins every word of a text with a capital.',
  keywords: ['capitalize', 'uppercase'],
  documentation: `
A word is a letter and the letters, digits and apostrophes behind it; everything between words stays as it is, so that both parts
of a hyphenated word get a capital. The rest of each word is written small unless \`keep-capitals\` is set. No word is treated
differently for its meaning: articles and prepositions get a capital too. The text may have 1,000,000 characters.`,
  fields: {
    string: string({ label: 'Text' }),
    'keep-capitals': optional(
      boolean({ label: 'Keep capitals', help: 'Leave the rest of each word as it is, such as in NASA.' }),
      false,
    ),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'the old man and the SEA' }, gives: 'The Old Man And The Sea' },
    { given: { string: "well-known  o'neill, 2nd" }, gives: "Well-Known  O'neill, 2nd" },
    { given: { string: 'NASA news', 'keep-capitals': true }, gives: 'NASA News' },
    { given: { string: null }, fails: 'input-invalid' },
  ],
  run: ({ string, 'keep-capitals': keep }) => {
    checkLength(string);
    return string.replace(word, (found) => capitalize(found, !keep));
  },
});
