import { defineAction, string } from '../kit/index.ts';
import { countTrailing } from './ends.ts';

export default defineAction({
  id: 'string/trim-trailing-by',
  title: 'Trim trailing by',
  summary: 'Takes a piece of text from the end of another, each time it is repeated there.',
  documentation: `
The pattern is taken as a whole, not as a set of characters: ab takes neither a nor b alone. An empty pattern fails, since it
would be repeated without end. To take it once only, use \`string/replace-suffix\` with an empty replacement.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to take away.' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: '_ abc __', pattern: '_' }, gives: '_ abc ' },
    { given: { string: 'abc 1', pattern: '11' }, gives: 'abc 1' },
    { given: { string: 'https://a.example//', pattern: '/' }, gives: 'https://a.example' },
    { given: { string: 'a', pattern: '' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern }) => string.slice(0, string.length - countTrailing(string, pattern) * pattern.length),
});
