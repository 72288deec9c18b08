import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { countLeading } from './ends.ts';

export default defineAction({
  id: 'string/replace-leading',
  title: 'Replace leading',
  summary: 'Replaces a piece of text at the beginning of another, each time it is repeated there.',
  documentation: `
When the pattern stands there three times in a row, the replacement is put there three times; what stands further on is left
alone. An empty pattern fails, since it would be repeated without end. To replace it once only, use \`string/replace-prefix\`.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to look for.' }),
    replacement: string({ label: 'Replacement' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'hello world', pattern: 'hello ', replacement: 'ola ' }, gives: 'ola world' },
    { given: { string: '0042', pattern: '0', replacement: ' ' }, gives: '  42' },
    { given: { string: 'a-a', pattern: 'b', replacement: 'c' }, gives: 'a-a' },
    { given: { string: 'a', pattern: '', replacement: 'b' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern, replacement }) => {
    const count = countLeading(string, pattern);
    checkTotal(string.length + count * (replacement.length - pattern.length), 'string', 'characters');
    return count === 0 ? string : replacement.repeat(count) + string.slice(count * pattern.length);
  },
});
