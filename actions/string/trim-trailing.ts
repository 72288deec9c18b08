import { defineAction, string } from '../kit/index.ts';
import { beforeSpace } from './ends.ts';

export default defineAction({
  id: 'string/trim-trailing',
  title: 'Trim trailing',
  summary: 'Takes white space from the end of a text.',
  documentation: `
White space is what Unicode calls so (the property White_Space), line breaks and no-break spaces included, so that the end of the
last line goes as well. To keep other white space, use \`string/trim-trailing-by\` with "\\n".`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: ' a b  ' }, gives: ' a b' },
    { given: { string: 'last line\r\n' }, gives: 'last line' },
    { given: { string: '\t' }, gives: '' },
    { given: { string: 0 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => string.slice(0, beforeSpace(string)),
});
