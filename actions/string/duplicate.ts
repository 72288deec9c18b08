import { defineAction, integer, string } from '../kit/index.ts';
import { checkSize } from '../support/bounds.ts';

export default defineAction({
  id: 'string/duplicate',
  title: 'Duplicate',
  summary: 'Repeats a text a number of times.',
  documentation: `
Nothing is put between the copies; 0 times gives the empty text. The result may have 10,000,000 characters, counted in UTF-16
units. For copies with a separator, use \`array/duplicate\` and \`string/join\`.`,
  fields: {
    string: string({ label: 'Text' }),
    count: integer({ label: 'Count', help: 'How many times the text is written.', minimum: 0 }),
  },
  output: { type: 'string' },
  failures: { 'too-large': 'The result would have more than 10,000,000 characters.' },
  examples: [
    { given: { string: 'autoflow', count: 2 }, gives: 'autoflowautoflow' },
    { given: { string: '=', count: 10 }, gives: '==========' },
    { given: { string: 'a', count: 0 }, gives: '' },
    { given: { string: 'a', count: -1 }, fails: 'input-invalid' },
    { given: { string: 'abc', count: 1_000_000_000 }, fails: 'too-large' },
  ],
  run: ({ string, count }) => {
    checkSize(string.length * count, 'count');
    return string.repeat(string === '' ? 0 : count);
  },
});
