import { defineAction } from '../../kit/index.ts';
import { toBytes } from '../../support/encode-bytes.ts';
import { encodeBase32 } from './base32.ts';
import { caseField, dataField, paddingField } from './digits.ts';

export default defineAction({
  id: 'data/binary/32-encode',
  title: 'Encode base32',
  summary: 'Writes bytes as base32.',
  documentation: `
RFC 4648, section 6: five bits per character. Padding fills the last group up to 8 characters with \`=\`. A text stands for
its UTF-8 bytes. A published example has padding and small letters although it asks for neither; what the fields say holds.`,
  fields: { data: dataField, case: caseField, padding: paddingField },
  output: { type: 'string' },
  examples: [
    { given: { data: 'foobar', case: 'upper', padding: true }, gives: 'MZXW6YTBOI======' },
    { given: { data: 'foobar', case: 'upper', padding: false }, gives: 'MZXW6YTBOI' },
    { given: { data: 'f', case: 'lower' }, gives: 'my======' },
    { given: { data: '' }, gives: '' },
    { given: { data: null }, fails: 'input-invalid' },
  ],
  run: ({ data, case: letters, padding }) => {
    const text = encodeBase32(toBytes(data), 'base32', padding);
    return letters === 'upper' ? text : text.toLowerCase();
  },
});
