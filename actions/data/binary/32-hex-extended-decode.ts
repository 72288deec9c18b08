import { defineAction } from '../../kit/index.ts';
import { formField, giveBytes } from '../../support/utf8.ts';
import { decodeBase32 } from './base32.ts';
import { textField } from './digits.ts';

export default defineAction({
  id: 'data/binary/32-hex-extended-decode',
  title: 'Decode extended hex base32',
  summary: 'Reads bytes that are written as base32 with the extended hex alphabet.',
  documentation: `
RFC 4648, section 7. Capital and small letters both count, padding may be left out altogether but not in part, and white
space does not matter. A text comes out when the bytes are valid UTF-8, and binary data otherwise: say \`as: binary\` where
the kind must not depend on the bytes.`,
  fields: { string: textField, as: formField },
  output: {},
  failures: {
    'data-invalid':
      'The text is not base32 with the extended hex alphabet, or what it stands for is to be a text and is not UTF-8.',
  },
  examples: [
    { given: { string: 'cpnMuOJ1E8======' }, gives: 'foobar' },
    { given: { string: 'CPNMUOJ1E8' }, gives: 'foobar' },
    { given: { string: 'VS' }, gives: new Uint8Array([255]) },
    { given: { string: 'CPNZ' }, fails: 'data-invalid', note: 'The alphabet ends with V.' },
    { given: { string: [] }, fails: 'input-invalid' },
  ],
  run: ({ string, as }) => giveBytes(decodeBase32(string, 'base32hex'), as, 'string'),
});
