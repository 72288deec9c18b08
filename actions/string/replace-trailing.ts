import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { countTrailing } from './ends.ts';

export default defineAction({
  id: 'string/replace-trailing',
  title: 'Replace trailing',
  summary: 'Replaces a piece of text at the end of another, each time it is repeated there.',
  documentation: `
When the pattern stands there three times in a row, the replacement is put there three times; what stands before is left alone. An
empty pattern fails, since it would be repeated without end. To replace it once only, use \`string/replace-suffix\`.`,
  fields: {
    string: string({ label: 'Text' }),
    pattern: string({ label: 'Pattern', help: 'The text to look for.' }),
    replacement: string({ label: 'Replacement' }),
  },
  output: { type: 'string' },
  examples: [
    {
      given: { string: 'hello world world', pattern: ' world', replacement: ' eric' },
      gives: 'hello eric eric',
    },
    { given: { string: '1.500', pattern: '0', replacement: '' }, gives: '1.5' },
    { given: { string: '00 1', pattern: '0', replacement: '' }, gives: '00 1' },
    { given: { string: 'a', pattern: '', replacement: 'b' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern, replacement }) => {
    const count = countTrailing(string, pattern);
    checkTotal(string.length + count * (replacement.length - pattern.length), 'string', 'characters');
    return count === 0 ? string : string.slice(0, string.length - count * pattern.length) + replacement.repeat(count);
  },
});
