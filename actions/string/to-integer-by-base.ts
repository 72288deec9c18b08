import { ActionFailure, defineAction, describeValue, integer, optional, string } from '../kit/index.ts';
import { readWhole } from '../support/whole-number.ts';

export default defineAction({
  id: 'string/to-integer-by-base',
  title: 'To integer by base',
  summary: 'Reads a text as a whole number in a base from 2 to 36.',
  documentation: `
The text is digits of that base with or without a sign, and nothing else: 0 to 9, then letters of either case. A prefix such as 0x
is not read; take it away first. Numbers beyond 9007199254740991 fail instead of becoming inexact. \`integer/to-string\` does the
reverse.`,
  fields: {
    string: string({ label: 'Text' }),
    base: optional(integer({ label: 'Base', minimum: 2, maximum: 36 }), 10),
  },
  output: { type: 'integer' },
  failures: {
    'data-invalid': 'The text is no whole number in that base.',
    'too-large': 'The number is beyond 9007199254740991 and would not be exact.',
  },
  examples: [
    { given: { string: '100', base: 2 }, gives: 4 },
    { given: { string: '-fF', base: 16 }, gives: -255 },
    { given: { string: '42' }, gives: 42 },
    { given: { string: '102', base: 2 }, fails: 'data-invalid' },
    { given: { string: 'ffffffffffffffff', base: 16 }, fails: 'too-large' },
    { given: { string: '1', base: 37 }, fails: 'input-invalid' },
  ],
  run: ({ string, base }) => {
    const read = readWhole(string, base, '`string`');
    if (read?.end === string.length) return read.value;
    throw new ActionFailure(
      'data-invalid',
      `\`string\` must be digits of base ${base} with or without a sign, found ${describeValue(string)}`,
    );
  },
});
