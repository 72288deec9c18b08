import { defineAction, either, listOf, string } from '../kit/index.ts';

export default defineAction({
  id: 'string/starts-with',
  title: 'Starts with',
  summary: 'Tells whether a text begins with a prefix.',
  documentation: `
Upper and lower case differ, and letters are compared as they are written (see \`string/normalize\`). Every text begins with the
empty text. With an array of prefixes one that fits is enough, and an empty array never fits.`,
  fields: {
    string: string({ label: 'Text' }),
    prefix: either(string(), listOf(string()), {
      label: 'Prefix',
      help: 'A text, or an array of texts of which one is enough.',
    }),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { string: 'autoflow', prefix: 'auto' }, gives: true },
    { given: { string: 'autoflow', prefix: 'hola' }, gives: false },
    { given: { string: 'https://a.example', prefix: ['http:', 'https:'] }, gives: true },
    { given: { string: '12', prefix: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string, prefix }) =>
    typeof prefix === 'string' ? string.startsWith(prefix) : prefix.some((one) => string.startsWith(one)),
});
