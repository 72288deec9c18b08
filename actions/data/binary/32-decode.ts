import { defineAction } from '../../kit/index.ts';
import { formField, giveBytes } from '../../support/utf8.ts';
import { decodeBase32 } from './base32.ts';
import { textField } from './digits.ts';

export default defineAction({
  id: 'data/binary/32-decode',
  title: 'Decode base32',
  summary: 'Reads bytes that are written as base32.',
  documentation: `
RFC 4648, section 6. Capital and small letters both count, padding may be left out altogether but not in part, and white
space does not matter. A text comes out when the bytes are valid UTF-8, and binary data otherwise: say \`as: binary\` where
the kind must not depend on the bytes.`,
  fields: { string: textField, as: formField },
  output: {},
  failures: { 'data-invalid': 'The text is not base32, or what it stands for is to be a text and is not UTF-8.' },
  examples: [
    { given: { string: 'MZXW6YTBOI======' }, gives: 'foobar' },
    { given: { string: 'mzxw6ytboi' }, gives: 'foobar' },
    { given: { string: '74======' }, gives: new Uint8Array([255]) },
    { given: { string: 'MZXW6YT8' }, fails: 'data-invalid', note: 'Base32 has no 0, 1, 8 and 9.' },
    { given: { string: 'M' }, fails: 'data-invalid', note: 'One character is less than a byte.' },
    { given: { string: 'MY==' }, fails: 'data-invalid', note: 'Padding fills groups of 8.' },
    { given: { string: true }, fails: 'input-invalid' },
  ],
  run: ({ string, as }) => giveBytes(decodeBase32(string, 'base32'), as, 'string'),
});
