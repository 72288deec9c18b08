import { defineAction, integer, string } from '../kit/index.ts';
import { paddingOf, paddings } from './padding.ts';

export default defineAction({
  id: 'string/pad-leading',
  title: 'Pad leading',
  summary: 'Fills a text at the front until it has a number of characters.',
  documentation: `
A text as padding is used character by character, from its beginning and over again, so that abc filled with 12 up to 6 characters
is 121abc. With an array each of its texts takes the place of one missing character, even if it has more or none. A text that is
long enough stays as it is. The filling comes before the text; documentation elsewhere that shows it behind describes
\`string/pad-trailing\`.`,
  fields: {
    string: string({ label: 'Text' }),
    count: integer({ label: 'Count', help: 'How many characters the text shall have.', minimum: 0 }),
    paddings,
  },
  output: { type: 'string' },
  failures: { 'too-large': 'The result would have more than 10,000,000 characters.' },
  examples: [
    { given: { string: 'abc', count: 5 }, gives: '  abc' },
    { given: { string: '7', count: 3, paddings: '0' }, gives: '007' },
    { given: { string: 'abc', count: 6, paddings: '12' }, gives: '121abc' },
    { given: { string: 'abc', count: 5, paddings: ['1', '23'] }, gives: '123abc' },
    { given: { string: 'abc', count: 2 }, gives: 'abc' },
    { given: { string: 'abc', count: 5, paddings: '' }, fails: 'input-invalid' },
    { given: { string: 'abc', count: 1_000_000_000 }, fails: 'too-large' },
  ],
  run: ({ string, count, paddings }) => paddingOf(string, count, paddings) + string,
});
