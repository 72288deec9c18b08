import { defineAction, integer, string } from '../kit/index.ts';
import { paddingOf, paddings } from './padding.ts';

export default defineAction({
  id: 'string/pad-trailing',
  title: 'Pad trailing',
  summary: 'Fills a text at the end until it has a number of characters.',
  documentation: `
A text as padding is used character by character, from its beginning and over again, so that abc filled with 12 up to 6 characters
is abc121. With an array each of its texts takes the place of one missing character, even if it has more or none. A text that is
long enough stays as it is.`,
  fields: {
    string: string({ label: 'Text' }),
    count: integer({ label: 'Count', help: 'How many characters the text shall have.', minimum: 0 }),
    paddings,
  },
  output: { type: 'string' },
  failures: { 'too-large': 'The result would have more than 10,000,000 characters.' },
  examples: [
    { given: { string: 'Total', count: 8, paddings: '.' }, gives: 'Total...' },
    { given: { string: 'abc', count: 4, paddings: '12' }, gives: 'abc1' },
    { given: { string: 'abc', count: 5, paddings: ['1', '23'] }, gives: 'abc123' },
    { given: { string: 'cafe\u0301', count: 5 }, gives: 'cafe\u0301 ', note: 'The é is one character.' },
    { given: { string: 'abc', count: 5, paddings: [] }, fails: 'input-invalid' },
    { given: { string: 'abc', count: 1_000_000_000 }, fails: 'too-large' },
  ],
  run: ({ string, count, paddings }) => string + paddingOf(string, count, paddings),
});
