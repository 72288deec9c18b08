import { defineAction, integer, oneOf, optional } from '../kit/index.ts';
import { encodeBytes } from '../support/encode-bytes.ts';

export default defineAction({
  id: 'security/random-token',
  title: 'Random token',
  summary: 'Makes a secret that nobody can guess.',
  keywords: ['api key', 'nonce', 'session'],
  documentation: `
The bytes come from the operating system's source for keys. 32 bytes, the default, are enough for any token, session or key;
below 16 a token can be guessed. \`base64url\` gives four characters for three bytes, all of which may stand in a URL;
\`binary\` gives the bytes themselves. To store a token so that a stolen table is of no use, store its \`security/hash\`.`,
  fields: {
    bytes: optional(integer({ label: 'Bytes', help: 'How much randomness.', minimum: 0, maximum: 1024 }), 32),
    encoding: optional(
      oneOf(['base64url', 'base64', 'hex', 'binary'], { label: 'Encoding', help: 'How the result is written.' }),
      'base64url',
    ),
  },
  output: {},
  examples: [
    { given: { bytes: 0 }, gives: '', note: 'Nothing is the only result that can be foretold.' },
    { given: { bytes: 0, encoding: 'binary' }, gives: new Uint8Array() },
    { given: { bytes: 1025 }, fails: 'input-invalid' },
  ],
  run: ({ bytes = 32, encoding = 'base64url' }, { host }) => encodeBytes(host.randomBytes(bytes), encoding),
});
