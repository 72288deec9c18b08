import { defineAction } from '../../kit/index.ts';
import { toBytes } from '../../support/encode-bytes.ts';
import { encodeBase64 } from './base64.ts';
import { dataField, paddingField } from './digits.ts';

export default defineAction({
  id: 'data/binary/64-encode',
  title: 'Encode base64',
  summary: 'Writes bytes as base64.',
  keywords: ['btoa'],
  documentation: `
RFC 4648, section 4: six bits per character, in one line. Padding fills the last group up to 4 characters with \`=\`. A text
stands for its UTF-8 bytes. The published example without padding shows the result of another text.`,
  fields: { data: dataField, padding: paddingField },
  output: { type: 'string' },
  examples: [
    { given: { data: 'foob', padding: true }, gives: 'Zm9vYg==' },
    { given: { data: 'foob', padding: false }, gives: 'Zm9vYg' },
    { given: { data: 'foobar', padding: false }, gives: 'Zm9vYmFy' },
    { given: { data: new Uint8Array([251, 255]) }, gives: '+/8=' },
    { given: { data: 1 }, fails: 'input-invalid' },
  ],
  run: ({ data, padding }) => encodeBase64(toBytes(data), 'base64', padding),
});
