import { defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'string/downcase',
  title: 'Lower case',
  summary: 'Turns a text to lower case.',
  documentation: 'Follows Unicode, the same in every language.',
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'HELLO' }, gives: 'hello' },
    { given: { string: 'AutoFlow' }, gives: 'autoflow' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => string.toLowerCase(),
});
