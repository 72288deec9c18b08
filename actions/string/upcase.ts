import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'string/upcase',
  title: 'Upper case',
  summary: 'Turns a text to upper case.',
  keywords: ['capitals', 'toupper', 'uppercase'],
  documentation: `
Follows Unicode's full case mapping, the same in every language: Turkish i becomes I, not İ. A letter may become two, so that the
text may be longer than before and turning it back may give another: straße becomes STRASSE.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'hello' }, gives: 'HELLO' },
    { given: { string: 'AutoFlow' }, gives: 'AUTOFLOW' },
    { given: { string: 'straße' }, gives: 'STRASSE' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    checkTotal(string.length, 'string', 'characters');
    return string.toUpperCase();
  },
});
