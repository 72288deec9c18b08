import { defineAction } from '../../kit/index.ts';
import { formField, giveBytes } from '../../support/utf8.ts';
import { textField } from './digits.ts';
import { decodeHex } from './hex.ts';

export default defineAction({
  id: 'data/binary/16-decode',
  title: 'Decode base16',
  summary: 'Reads bytes that are written as hexadecimal digits.',
  keywords: ['hex'],
  documentation: `
Capital and small letters both count, in any mixture (RFC 4648, section 8), and white space between digits does not. A text
comes out when the bytes are valid UTF-8, and binary data otherwise: say \`as: binary\` where the kind must not depend on
the bytes.`,
  fields: { string: textField, as: formField },
  output: {},
  failures: { 'data-invalid': 'The text is not base16, or what it stands for is to be a text and is not UTF-8.' },
  examples: [
    { given: { string: '666F6F626172' }, gives: 'foobar' },
    { given: { string: '66 6f 6F' }, gives: 'foo' },
    { given: { string: 'FF00' }, gives: new Uint8Array([255, 0]), note: 'Not UTF-8, so it stays binary.' },
    { given: { string: '666' }, fails: 'data-invalid', note: 'Half a byte is missing.' },
    { given: { string: '6G' }, fails: 'data-invalid' },
    { given: { string: 66 }, fails: 'input-invalid' },
  ],
  run: ({ string, as }) => giveBytes(decodeHex(string), as, 'string'),
});
