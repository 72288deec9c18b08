import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'string/downcase',
  title: 'Lower case',
  summary: 'Turns a text to lower case.',
  keywords: ['lowercase', 'tolower'],
  documentation: `
Follows Unicode's full case mapping, the same in every language: I becomes i, also in Turkish. A Greek sigma at the end of a word
becomes ς. What differs only by case is not always equal afterwards: ß stays ß, while SS becomes ss.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'HELLO' }, gives: 'hello' },
    { given: { string: 'AutoFlow' }, gives: 'autoflow' },
    { given: { string: 'ΟΔΟΣ' }, gives: 'οδος' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    checkTotal(string.length, 'string', 'characters');
    return string.toLowerCase();
  },
});
