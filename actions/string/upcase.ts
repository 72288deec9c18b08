import { defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'string/upcase',
  title: 'Upper case',
  summary: 'Turns a text to upper case.',
  documentation: 'Follows Unicode, the same in every language; a letter may become two.',
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'hello' }, gives: 'HELLO' },
    { given: { string: 'AutoFlow' }, gives: 'AUTOFLOW' },
    { given: { string: 'straße' }, gives: 'STRASSE' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => string.toUpperCase(),
});
