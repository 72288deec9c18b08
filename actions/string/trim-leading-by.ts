import { defineAction, string } from '../kit/index.ts';
import { countLeading } from './ends.ts';

export default defineAction({
  id: 'string/trim-leading-by',
  title: 'Trim leading by',
  summary: 'Takes a piece of text from the beginning of another, each time it is repeated there.',
  documentation: `
The pattern is taken as a whole, not as a set of characters: ab takes neither a nor b alone. An empty pattern fails, since it
would be repeated without end. To take it once only, use \`string/replace-prefix\` with an empty replacement.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to take away.' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: '__ abc _', pattern: '_' }, gives: ' abc _' },
    { given: { string: '00700', pattern: '0' }, gives: '700' },
    { given: { string: '1 abc', pattern: '11' }, gives: '1 abc' },
    { given: { string: 'a', pattern: '' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern }) => string.slice(countLeading(string, pattern) * pattern.length),
});
