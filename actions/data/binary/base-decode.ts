import { defineAction, integer, string } from '../../kit/index.ts';
import { formField, giveBytes } from '../../support/utf8.ts';
import { decodeNumber } from './big-number.ts';

export default defineAction({
  id: 'data/binary/base-decode',
  title: 'Decode from a base',
  summary: 'Reads bytes that are written as one large number in a base from 2 to 36.',
  documentation: `
The number is taken apart into as many bytes as it needs, the most significant first; zero is one byte. \`125\` in base 16
therefore gives the two bytes 1 and 37, not the character \`%\` alone as a published example has it. Letters are digits in either case; signs and white
space are not allowed. At most as many digits are read as make 4,096 bytes.`,
  fields: {
    string: string({ label: 'Text', help: 'Digits alone.' }),
    base: integer({ label: 'Base', minimum: 2, maximum: 36 }),
    as: formField,
  },
  output: {},
  failures: {
    'data-invalid':
      'The text is no number in the base or too long, or what it stands for is to be a text and is not UTF-8.',
  },
  examples: [
    { given: { string: '100', base: 8 }, gives: '@' },
    { given: { string: '666f6F626172', base: 16 }, gives: 'foobar' },
    { given: { string: '125', base: 16 }, gives: '\u0001%' },
    { given: { string: '65535', base: 10 }, gives: new Uint8Array([255, 255]) },
    { given: { string: '128', base: 8 }, fails: 'data-invalid', note: '8 is no digit of base 8.' },
    { given: { string: '-1', base: 10 }, fails: 'data-invalid' },
    { given: { string: '1', base: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string, base, as }) => giveBytes(decodeNumber(string, base), as, 'string'),
});
