import { ActionFailure, defineAction, describeValue, string } from '../kit/index.ts';
import { readFloat } from '../support/float-text.ts';

export default defineAction({
  id: 'float/parse',
  title: 'Parse',
  summary: 'Reads a number at the beginning of a text and gives what comes behind it.',
  documentation: `
Read is a sign, digits, a fraction behind a dot and an exponent, as far as they go: of 1.e5 that is 1. White space before the
number fails, as in Elixir's \`Float.parse\`; so does a text that begins with a dot. To read a text that is nothing but a number
use \`string/to-float\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: {
    type: 'object',
    properties: { value: { type: 'number' }, remainder: { type: 'string' } },
    required: ['value', 'remainder'],
  },
  failures: {
    'data-invalid': 'The text does not begin with a number.',
    'too-large': 'The number is beyond the largest double, about 1.8e308.',
  },
  examples: [
    { given: { string: '56.5xyz' }, gives: { value: 56.5, remainder: 'xyz' } },
    { given: { string: '-2e3' }, gives: { value: -2000, remainder: '' } },
    { given: { string: '3 apples' }, gives: { value: 3, remainder: ' apples' } },
    { given: { string: 'pi' }, fails: 'data-invalid' },
    { given: { string: '1e400' }, fails: 'too-large' },
    { given: { string: 3 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    const read = readFloat(string, '`string`');
    if (read !== undefined) return { value: read.value, remainder: string.slice(read.end) };
    throw new ActionFailure('data-invalid', `\`string\` must begin with a number, found ${describeValue(string)}`);
  },
});
