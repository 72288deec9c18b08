import { defineAction } from '../../kit/index.ts';
import { toBytes } from '../../support/encode-bytes.ts';
import { encodeBase32 } from './base32.ts';
import { caseField, dataField, paddingField } from './digits.ts';

export default defineAction({
  id: 'data/binary/32-hex-extended-encode',
  title: 'Encode extended hex base32',
  summary: 'Writes bytes as base32 with the extended hex alphabet.',
  documentation: `
RFC 4648, section 7: five bits per character. Its texts sort as the bytes do. Padding fills the last group up to 8
characters with \`=\`. A text stands for its UTF-8 bytes.`,
  fields: { data: dataField, case: caseField, padding: paddingField },
  output: { type: 'string' },
  examples: [
    { given: { data: 'foobar', case: 'upper', padding: false }, gives: 'CPNMUOJ1E8' },
    { given: { data: 'foobar', case: 'lower', padding: true }, gives: 'cpnmuoj1e8======' },
    { given: { data: new Uint8Array([255]) }, gives: 'VS======' },
    { given: { data: 'a', case: 'mixed' }, fails: 'input-invalid' },
  ],
  run: ({ data, case: letters, padding }) => {
    const text = encodeBase32(toBytes(data), 'base32hex', padding);
    return letters === 'upper' ? text : text.toLowerCase();
  },
});
