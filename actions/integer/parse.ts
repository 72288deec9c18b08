import { ActionFailure, defineAction, describeValue, integer, optional, string } from '../kit/index.ts';
import { readWhole } from '../support/whole-number.ts';

export default defineAction({
  id: 'integer/parse',
  title: 'Parse',
  summary: 'Reads a whole number at the beginning of a text and gives what comes behind it.',
  documentation: `
Read is a sign and digits of the base, of either case, as far as they go. White space before the number fails, as in Elixir's
\`Integer.parse\`, and so does a base outside of 2 to 36. Numbers beyond 9007199254740991 fail instead of becoming inexact. To
read a text that is nothing but a number use \`string/to-integer\`.`,
  fields: {
    string: string({ label: 'Text' }),
    base: optional(integer({ label: 'Base', minimum: 2, maximum: 36 }), 10),
  },
  output: {
    type: 'object',
    properties: { value: { type: 'integer' }, remainder: { type: 'string' } },
    required: ['value', 'remainder'],
  },
  failures: {
    'data-invalid': 'The text does not begin with a whole number.',
    'too-large': 'The number is beyond 9007199254740991 and would not be exact.',
  },
  examples: [
    { given: { string: '34.5' }, gives: { value: 34, remainder: '.5' } },
    { given: { string: '-12px' }, gives: { value: -12, remainder: 'px' } },
    { given: { string: 'f4g', base: 16 }, gives: { value: 244, remainder: 'g' } },
    { given: { string: 'three' }, fails: 'data-invalid' },
    { given: { string: '99999999999999999999' }, fails: 'too-large' },
    { given: { string: '12', base: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string, base }) => {
    const read = readWhole(string, base, '`string`');
    if (read !== undefined) return { value: read.value, remainder: string.slice(read.end) };
    throw new ActionFailure(
      'data-invalid',
      `\`string\` must begin with a whole number in base ${base}, found ${describeValue(string)}`,
    );
  },
});
