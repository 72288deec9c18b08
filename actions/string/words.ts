import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

const word = /[\p{L}\p{M}\p{N}_]+(?:['’.-][\p{L}\p{M}\p{N}_]+)*/gu;

export default defineAction({
  id: 'string/words',
  title: 'Words',
  summary: 'Gives the words of a text as an array.',
  documentation: `
A word is a row of letters, digits and underscores; a single apostrophe, hyphen or dot inside it belongs to it, as in don't,
well-known and 3.14. White space, other punctuation and symbols are left out. Text without spaces between words, as in Chinese or
Thai, is one word. At most 1,000,000 words are given. To split at white space only, use \`string/split\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'array', items: { type: 'string' } },
  examples: [
    { given: { string: "It's well-known, isn't it?" }, gives: ["It's", 'well-known', "isn't", 'it'] },
    { given: { string: 'pi = 3.14 (about)…' }, gives: ['pi', '3.14', 'about'] },
    { given: { string: ' -- ' }, gives: [] },
    { given: { string: ['a'] }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    const words: string[] = [];
    for (const [found] of string.matchAll(word)) {
      words.push(found);
      checkTotal(words.length, 'string');
    }
    return words;
  },
});
