import { defineAction, string } from '../kit/index.ts';
import { refuseEmpty } from './ends.ts';
import { countOccurrences } from './search.ts';

export default defineAction({
  id: 'string/count',
  title: 'Count',
  summary: 'Counts how often a piece of text occurs in another.',
  documentation: `
Occurrences are counted from left to right and do not overlap: aa occurs twice in aaaa. Upper and lower case differ, and letters
are compared as they are written (see \`string/normalize\`). An empty pattern fails. For the number of characters use
\`string/length\`.`,
  fields: { string: string({ label: 'Text' }), pattern: string({ label: 'Pattern', help: 'The text to look for.' }) },
  output: { type: 'integer', minimum: 0 },
  examples: [
    { given: { string: 'a,b,c', pattern: ',' }, gives: 2 },
    { given: { string: 'aaaaa', pattern: 'aa' }, gives: 2 },
    { given: { string: 'abc', pattern: 'x' }, gives: 0 },
    { given: { string: 'abc', pattern: '' }, fails: 'input-invalid' },
  ],
  run: ({ string, pattern }) => {
    refuseEmpty(pattern);
    return countOccurrences(string, pattern);
  },
});
