import { ActionFailure, defineAction, describeValue, string } from '../kit/index.ts';
import { readFloat } from '../support/float-text.ts';

export default defineAction({
  id: 'string/to-float',
  title: 'To float',
  summary: 'Reads a text as a number with or without a fraction.',
  keywords: ['cast', 'convert', 'decimal', 'double', 'parse'],
  documentation: `
The text is digits with or without a sign, a fraction behind a dot, and an exponent behind e or E, and nothing else: white space,
separators, .5 and 5. fail. Unlike Elixir's \`String.to_float\` it takes whole numbers too. The result is the nearest double (IEEE
754); what is too small for one becomes 0. For texts as people write them, such as 1.234,5, use \`number/parse\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'number' },
  failures: {
    'data-invalid': 'The text is no number.',
    'too-large': 'The number is beyond the largest double, about 1.8e308.',
  },
  examples: [
    { given: { string: '2.2017764e+0' }, gives: 2.2017764 },
    { given: { string: '-0.5' }, gives: -0.5 },
    { given: { string: '3' }, gives: 3 },
    { given: { string: '1,5' }, fails: 'data-invalid' },
    { given: { string: '1e999' }, fails: 'too-large' },
    { given: { string: 1.5 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    const read = readFloat(string, '`string`');
    if (read?.end === string.length) return read.value;
    throw new ActionFailure(
      'data-invalid',
      `\`string\` must be a number such as -1.5 or 2e3, found ${describeValue(string)}`,
    );
  },
});
