import { defineAction } from '../../kit/index.ts';
import { formField, giveBytes } from '../../support/utf8.ts';
import { decodeBase64 } from './base64.ts';
import { textField } from './digits.ts';

export default defineAction({
  id: 'data/binary/64-url-decode',
  title: 'Decode URL-safe base64',
  summary: 'Reads bytes that are written as base64 that is safe in URLs and file names.',
  documentation: `
RFC 4648, section 5 with \`-\` and \`_\` in place of \`+\` and \`/\`. Padding may be left out, and white space does not
matter; any other character fails, that of the other base64 alphabet too. A text comes out when the bytes are valid UTF-8,
and binary data otherwise: say \`as: binary\` where the kind must not depend on the bytes.`,
  fields: { string: textField, as: formField },
  output: {},
  failures: {
    'data-invalid':
      'The text is not in this alphabet of base64, or what it stands for is to be a text and is not UTF-8.',
  },
  examples: [
    { given: { string: 'Zm9vYg' }, gives: 'foob' },
    { given: { string: '-_8=' }, gives: new Uint8Array([251, 255]) },
    { given: { string: 'R3LDvMOfZQ' }, gives: 'Grüße' },
    { given: { string: '+/8=' }, fails: 'data-invalid', note: 'That is ordinary base64.' },
    { given: { string: null }, fails: 'input-invalid' },
  ],
  run: ({ string, as }) => giveBytes(decodeBase64(string, 'base64url'), as, 'string'),
});
