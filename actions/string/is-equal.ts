import { defineAction, string } from '../kit/index.ts';
import { normalize } from './normal-form.ts';

export default defineAction({
  id: 'string/is-equal',
  title: 'Is equal',
  summary: 'Tells whether two texts are the same, however their accents are written.',
  documentation: `
Two texts are equal when they are canonically equivalent (Unicode Standard Annex 15): é as one code point equals e followed by a
combining accent. Upper and lower case differ, and so do characters that only look alike. To compare code by code use
\`condition/is-equal-to\`. A text with more than 1,000 accents on one letter fails.`,
  fields: { string: string({ label: 'Text' }), value: string({ label: 'Value', help: 'The text to compare with.' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { string: 'autoflow', value: 'autoflow' }, gives: true },
    { given: { string: 'caf\u00e9', value: 'cafe\u0301' }, gives: true },
    { given: { string: 'A', value: 'a' }, gives: false },
    { given: { string: '1', value: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string, value }) =>
    string === value || normalize(string, 'NFC', 'string') === normalize(value, 'NFC', 'value'),
});
