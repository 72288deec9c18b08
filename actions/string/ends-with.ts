import { defineAction, either, listOf, string } from '../kit/index.ts';

export default defineAction({
  id: 'string/ends-with',
  title: 'Ends with',
  summary: 'Tells whether a text ends with a suffix.',
  documentation: `
Upper and lower case differ, and letters are compared as they are written (see \`string/normalize\`). Every text ends with the
empty text. With an array of suffixes one that fits is enough, and an empty array never fits.`,
  fields: {
    string: string({ label: 'Text' }),
    suffix: either(string(), listOf(string()), {
      label: 'Suffix',
      help: 'A text, or an array of texts of which one is enough.',
    }),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { string: 'autoflow', suffix: 'flow' }, gives: true },
    { given: { string: 'report.PDF', suffix: '.pdf' }, gives: false, note: 'Lower the case of the text first.' },
    { given: { string: 'photo.png', suffix: ['.jpg', '.png'] }, gives: true },
    { given: { string: 'a', suffix: null }, fails: 'input-invalid' },
  ],
  run: ({ string, suffix }) =>
    typeof suffix === 'string' ? string.endsWith(suffix) : suffix.some((one) => string.endsWith(one)),
});
