import { defineAction, string } from '../kit/index.ts';
import { countGraphemes } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/length',
  title: 'Length',
  summary: 'Counts the characters of a text.',
  keywords: ['count', 'size', 'strlen'],
  documentation: `
What counts is what people take for a character (grapheme clusters, Unicode Standard Annex 29): a letter with combining accents,
an emoji with a skin tone, a flag and a line break of \\r\\n are one each. The number may thus be smaller than that of code
points, and than what databases and other languages count. For the size in bytes use \`data/binary/byte-size\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'integer', minimum: 0 },
  examples: [
    { given: { string: 'autoflow' }, gives: 8 },
    { given: { string: '' }, gives: 0 },
    { given: { string: 'cafe\u0301' }, gives: 4, note: 'The é is written with two code points.' },
    { given: { string: '👍🏽🇪🇺' }, gives: 2 },
    { given: { string: ['a'] }, fails: 'input-invalid' },
  ],
  run: ({ string }) => countGraphemes(string, 'string'),
});
