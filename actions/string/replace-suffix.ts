import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'string/replace-suffix',
  title: 'Replace suffix',
  summary: 'Replaces a piece of text at the end of another once.',
  documentation: `
A text that does not end with the pattern stays as it is. An empty pattern ends every text, so that the replacement is put behind
it. When the pattern is repeated at the end only the last is replaced: \`string/replace-trailing\` replaces all.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to look for.' }),
    replacement: string({ label: 'Replacement' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'photo.jpeg', pattern: '.jpeg', replacement: '.jpg' }, gives: 'photo.jpg' },
    { given: { string: 'hello', pattern: '', replacement: ' world' }, gives: 'hello world' },
    { given: { string: 'baa', pattern: 'a', replacement: '' }, gives: 'ba' },
    { given: { string: 'hello', pattern: 'world', replacement: 'x' }, gives: 'hello' },
    { given: { string: 'a', pattern: 2, replacement: 'b' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern, replacement }) => {
    if (!string.endsWith(pattern)) return string;
    checkTotal(string.length + replacement.length, 'replacement', 'characters');
    return string.slice(0, string.length - pattern.length) + replacement;
  },
});
