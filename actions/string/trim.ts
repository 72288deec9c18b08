import { defineAction, string } from '../kit/index.ts';
import { afterSpace, beforeSpace } from './ends.ts';

export default defineAction({
  id: 'string/trim',
  title: 'Trim',
  summary: 'Takes white space from both ends of a text.',
  keywords: ['chomp', 'strip', 'whitespace'],
  documentation: `
White space is what Unicode calls so (the property White_Space): blanks, tabs, line breaks, no-break spaces, and the wide blank of
East Asian text. Characters without width, such as U+200B and the byte order mark U+FEFF, are none and stay: \`string/trim-by\`
takes these.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: '\t auto flow \r\n' }, gives: 'auto flow' },
    { given: { string: '\u00a0\u3000a\u2003' }, gives: 'a' },
    { given: { string: ' \n ' }, gives: '' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    const start = afterSpace(string);
    return string.slice(start, beforeSpace(string, start));
  },
});
