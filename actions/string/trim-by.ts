import { defineAction, string } from '../kit/index.ts';
import { countLeading, countTrailing } from './ends.ts';

export default defineAction({
  id: 'string/trim-by',
  title: 'Trim by',
  summary: 'Takes a piece of text from both ends of another, each time it is repeated there.',
  documentation: `
The pattern is taken as a whole, not as a set of characters: ab takes neither a nor b alone. It is taken from the beginning first,
and from the end of what remains. An empty pattern fails, since it would be repeated without end.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to take away.' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: '__ abc _', pattern: '_' }, gives: ' abc ' },
    { given: { string: 'ababcab', pattern: 'ab' }, gives: 'c' },
    { given: { string: '--', pattern: '-' }, gives: '' },
    { given: { string: 'a', pattern: '' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern }) => {
    const rest = string.slice(countLeading(string, pattern) * pattern.length);
    return rest.slice(0, rest.length - countTrailing(rest, pattern) * pattern.length);
  },
});
