import { ActionFailure, defineAction, describeValue, string } from '../kit/index.ts';
import { readWhole } from '../support/whole-number.ts';

export default defineAction({
  id: 'string/to-integer',
  title: 'To integer',
  summary: 'Reads a text as a whole number.',
  keywords: ['atoi', 'cast', 'convert', 'int', 'parse'],
  documentation: `
The text is decimal digits with or without a sign, and nothing else: white space, separators and a fraction fail, also .0. Leading
zeros do not matter. Numbers beyond 9007199254740991 fail instead of becoming inexact. To read a number at the beginning of a text
use \`integer/parse\`, and for texts as people write them \`number/parse\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'integer' },
  failures: {
    'data-invalid': 'The text is no whole number.',
    'too-large': 'The number is beyond 9007199254740991 and would not be exact.',
  },
  examples: [
    { given: { string: '123' }, gives: 123 },
    { given: { string: '-007' }, gives: -7 },
    { given: { string: '12.0' }, fails: 'data-invalid' },
    { given: { string: ' 12' }, fails: 'data-invalid', note: 'Trim the text first.' },
    { given: { string: '12345678901234567890' }, fails: 'too-large' },
    { given: { string: 12 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => {
    const read = readWhole(string, 10, '`string`');
    if (read?.end === string.length) return read.value;
    throw new ActionFailure(
      'data-invalid',
      `\`string\` must be digits with or without a sign, found ${describeValue(string)}`,
    );
  },
});
