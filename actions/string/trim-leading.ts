import { defineAction, string } from '../kit/index.ts';
import { afterSpace } from './ends.ts';

export default defineAction({
  id: 'string/trim-leading',
  title: 'Trim leading',
  summary: 'Takes white space from the beginning of a text.',
  documentation: `
White space is what Unicode calls so (the property White_Space), line breaks and no-break spaces included, so that empty lines at
the beginning go as well. The indentation of further lines stays.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: '  a b ' }, gives: 'a b ' },
    { given: { string: '\n\n  - a\n  - b' }, gives: '- a\n  - b' },
    { given: { string: '   ' }, gives: '' },
    { given: { string: null }, fails: 'input-invalid' },
  ],
  run: ({ string }) => string.slice(afterSpace(string)),
});
