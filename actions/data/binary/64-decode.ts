import { defineAction } from '../../kit/index.ts';
import { formField, giveBytes } from '../../support/utf8.ts';
import { decodeBase64 } from './base64.ts';
import { textField } from './digits.ts';

export default defineAction({
  id: 'data/binary/64-decode',
  title: 'Decode base64',
  summary: 'Reads bytes that are written as base64.',
  keywords: ['atob'],
  documentation: `
RFC 4648, section 4. Padding may be left out, and white space does not matter; any other character fails, that of the other
base64 alphabet too. A text comes out when the bytes are valid UTF-8, and binary data otherwise: say \`as: binary\` where
the kind must not depend on the bytes.`,
  fields: { string: textField, as: formField },
  output: {},
  failures: {
    'data-invalid':
      'The text is not in this alphabet of base64, or what it stands for is to be a text and is not UTF-8.',
  },
  examples: [
    { given: { string: 'Zm9vYg==' }, gives: 'foob' },
    { given: { string: 'Zm9vYg' }, gives: 'foob' },
    { given: { string: 'Zm9v\nYmFy\n' }, gives: 'foobar', note: 'As mails and certificates break it into lines.' },
    { given: { string: '+/8=' }, gives: new Uint8Array([251, 255]) },
    { given: { string: 'aGk=', as: 'binary' }, gives: new Uint8Array([104, 105]) },
    { given: { string: '+/8=', as: 'text' }, fails: 'data-invalid' },
    { given: { string: '-_8=' }, fails: 'data-invalid', note: 'That is URL-safe base64.' },
    { given: { string: 'Zm9vY' }, fails: 'data-invalid' },
    { given: { string: {} }, fails: 'input-invalid' },
  ],
  run: ({ string, as }) => giveBytes(decodeBase64(string, 'base64'), as, 'string'),
});
