import { defineAction, oneOf, optional, string } from '../kit/index.ts';
import { capitalize, checkLength, wordsOf } from './letter-case.ts';

export default defineAction({
  id: 'string/camel-case',
  title: 'Camel case',
  summary: 'Writes the words of a text without spaces, each but the first with a capital.',
  documentation: `
Words end at white space, punctuation and symbols, which are left out, and before a capital that follows a small letter. Capitals
in a row are one word up to the last one before a small letter; they are written small but for the first, so that userID becomes
userId. With \`first\` set to upper, the first word has a capital as well (Pascal case). The text may have 1,000,000 characters.`,
  fields: {
    string: string({ label: 'Text' }),
    first: optional(oneOf(['lower', 'upper'], { label: 'First letter' }), 'lower'),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'first name' }, gives: 'firstName' },
    { given: { string: 'order_id', first: 'upper' }, gives: 'OrderId' },
    { given: { string: 'X-Request-ID' }, gives: 'xRequestId' },
    { given: { string: '' }, gives: '' },
    { given: { string: 'a', first: 'big' }, fails: 'input-invalid' },
  ],
  run: ({ string, first }) => {
    checkLength(string);
    const words = wordsOf(string).map((word) => capitalize(word, true));
    if (first === 'lower') words[0] = words[0]?.toLowerCase() ?? '';
    return words.join('');
  },
});
