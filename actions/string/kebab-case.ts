import { defineAction, string } from '../kit/index.ts';
import { checkLength, wordsOf } from './letter-case.ts';

export default defineAction({
  id: 'string/kebab-case',
  title: 'Kebab case',
  summary: 'Writes the words of a text in lower case with hyphens between them.',
  documentation: `
Words end at white space, punctuation and symbols, which are left out, and before a capital that follows a small letter. Capitals
in a row are one word up to the last one before a small letter, so that HTTPServer has two words. Digits belong to the word before
them. Letters of all scripts are kept: use \`string/slug\` for ASCII only. The text may have 1,000,000 characters.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'firstName' }, gives: 'first-name' },
    { given: { string: ' Order ID (external)' }, gives: 'order-id-external' },
    { given: { string: 'parseHTTPResponse2' }, gives: 'parse-http-response2' },
    { given: { string: '--' }, gives: '' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    checkLength(string);
    return wordsOf(string).join('-').toLowerCase();
  },
});
