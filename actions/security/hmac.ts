import { defineAction, oneOf, optional } from '../kit/index.ts';
import { encodeBytes, encodings, readBytes, toBytes } from '../support/encode-bytes.ts';
import { hmacOf } from './digest.ts';
import { hmacFields } from './hmac-fields.ts';

export default defineAction({
  id: 'security/hmac',
  title: 'HMAC',
  summary: 'Gives a code that shows who made data and that it was not changed.',
  keywords: ['sha256', 'signature'],
  documentation: `
HMAC as in RFC 2104 and FIPS 198-1. The key should be random, at least as long as the code (32 bytes for SHA-256) and used for
nothing else; \`security/random-token\` makes one. Whoever checks a code should use \`security/hmac-verify\`: an ordinary
comparison tells by its time how much of a guess was right.`,
  fields: {
    ...hmacFields,
    encoding: optional(oneOf(encodings, { label: 'Encoding', help: 'How the result is written.' }), 'hex'),
  },
  output: {},
  examples: [
    {
      given: { data: 'what do ya want for nothing?', key: 'Jefe' },
      gives: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      note: 'RFC 4231, test case 2.',
    },
    {
      given: {
        algorithm: 'sha',
        data: 'what do ya want for nothing?',
        key: '4a656665',
        'key-encoding': 'hex',
        encoding: 'base64',
      },
      gives: '7/zfauXrL6LSdBbV8YTfnCWafHk=',
    },
    { given: { algorithm: 'md5', data: '', key: '', encoding: 'base64url' }, gives: 'dOb3KYqcLRaJNfWMAButiA' },
    { given: { data: 'x', key: 'xyz', 'key-encoding': 'hex' }, fails: 'input-invalid' },
  ],
  run: ({ algorithm = 'sha256', data, key, 'key-encoding': keyEncoding = 'text', encoding = 'hex' }) =>
    encodeBytes(hmacOf(algorithm, readBytes(key, keyEncoding, 'key'), toBytes(data)), encoding),
});
