import { defineAction } from '../../kit/index.ts';
import { toBytes } from '../../support/encode-bytes.ts';
import { encodeBase64 } from './base64.ts';
import { dataField, paddingField } from './digits.ts';

export default defineAction({
  id: 'data/binary/64-url-encode',
  title: 'Encode URL-safe base64',
  summary: 'Writes bytes as base64 that is safe in URLs and file names.',
  documentation: `
RFC 4648, section 5 with \`-\` and \`_\` in place of \`+\` and \`/\`: six bits per character, in one line. Padding fills the
last group up to 4 characters with \`=\`. JSON Web Tokens have it without padding. A text stands for its UTF-8 bytes.`,
  fields: { data: dataField, padding: paddingField },
  output: { type: 'string' },
  examples: [
    { given: { data: 'foob' }, gives: 'Zm9vYg==' },
    { given: { data: new Uint8Array([251, 255]), padding: false }, gives: '-_8' },
    { given: { data: 'Grüße' }, gives: 'R3LDvMOfZQ==' },
    { given: { data: false }, fails: 'input-invalid' },
  ],
  run: ({ data, padding }) => encodeBase64(toBytes(data), 'base64url', padding),
});
