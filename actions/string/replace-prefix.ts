import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'string/replace-prefix',
  title: 'Replace prefix',
  summary: 'Replaces a piece of text at the beginning of another once.',
  documentation: `
A text that does not begin with the pattern stays as it is. An empty pattern begins every text, so that the replacement is put
before it. When the pattern is repeated at the beginning only the first is replaced: \`string/replace-leading\` replaces all.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to look for.' }),
    replacement: string({ label: 'Replacement' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'http://a.example', pattern: 'http:', replacement: 'https:' }, gives: 'https://a.example' },
    { given: { string: 'world', pattern: '', replacement: 'hello ' }, gives: 'hello world' },
    { given: { string: 'aab', pattern: 'a', replacement: '' }, gives: 'ab' },
    { given: { string: 'world', pattern: 'hello', replacement: 'x' }, gives: 'world' },
    { given: { string: 'a', pattern: 'a', replacement: null }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern, replacement }) => {
    if (!string.startsWith(pattern)) return string;
    checkTotal(string.length + replacement.length, 'replacement', 'characters');
    return replacement + string.slice(pattern.length);
  },
});
