import { ActionFailure, bytes, defineAction, integer, oneOf, optional } from '../kit/index.ts';
import { encodeBytes, toBytes } from '../support/encode-bytes.ts';
import { library } from '../support/library.ts';
import { checkRoom } from './cipher-fields.ts';
import { ciphers } from './ciphers.ts';
import { cmacOf } from './cmac.ts';
import { type Digest, digests, hmacOf } from './digest.ts';
import { fitBytes, handlings } from './fit.ts';

const poly1305 = library<typeof import('@noble/ciphers/_poly1305.js')>('@noble/ciphers/_poly1305.js');

const blockCiphers = [
  'aes_128_cbc',
  'aes_192_cbc',
  'aes_256_cbc',
  'des_cbc',
  'des_ede3_cbc',
  'blowfish_cbc',
  'rc2_cbc',
] as const;
const isCmac = (name: string): name is (typeof blockCiphers)[number] => blockCiphers.includes(name as 'rc2_cbc');

export default defineAction({
  id: 'security/mac',
  title: 'Message authentication code',
  summary: 'Gives a code that only the holder of a key can make for data, in upper-case hex.',
  documentation: `
The name of a cipher gives its CMAC (NIST SP 800-38B, RFC 4493), that of a hash its HMAC (RFC 2104), and \`poly1305\` that of
RFC 8439. The names are those of Erlang's crypto module. HMAC takes a key of any size, so that \`handle key\` does not matter
there.

A key of Poly1305 must be used for one message only. Compare codes with \`security/constant-time-equal\`;
\`security/hmac-verify\` does both for HMAC.`,
  fields: {
    algorithm: oneOf([...blockCiphers, ...digests, 'poly1305'], {
      label: 'Algorithm',
      help: 'DES, Blowfish, RC2, md4 and md5 are weak; use them only to check what others made with them.',
    }),
    data: bytes({ label: 'Data', help: 'Text stands for its UTF-8 bytes.' }),
    key: bytes({ label: 'Key', help: 'Text stands for its UTF-8 bytes.' }),
    'handle key': optional(
      oneOf(handlings, {
        label: 'Handle key',
        help: 'strict: the size must be right. truncate: cut, or filled up with zero bytes, which weakens it.',
      }),
      'strict',
    ),
    'mac length': optional(integer({ label: 'Length', help: 'Bytes; 0 is all of them.', minimum: 0, maximum: 64 }), 0),
  },
  output: { type: 'string' },
  failures: { 'too-large': 'There is more data than Blowfish or RC2 may take at once.' },
  examples: [
    {
      given: { algorithm: 'aes_128_cbc', data: 'teststring', 'handle key': 'truncate', key: '', 'mac length': 0 },
      gives: 'B3C5B1652AE70AF32F9022D2EB00162B',
    },
    {
      given: { algorithm: 'sha256', data: 'what do ya want for nothing?', key: 'Jefe' },
      gives: '5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843',
      note: 'RFC 4231, test case 2.',
    },
    {
      given: { algorithm: 'sha', data: 'what do ya want for nothing?', key: 'Jefe', 'mac length': 4 },
      gives: 'EFFCDF6A',
    },
    { given: { algorithm: 'poly1305', data: 'x', key: 'too short' }, fails: 'input-invalid' },
    {
      given: { algorithm: 'md5', data: 'x', key: 'k', 'mac length': 17 },
      fails: 'input-invalid',
      note: 'An MD5 code has 16 bytes.',
    },
  ],
  run: ({ algorithm, data, key, 'handle key': handling = 'strict', 'mac length': length = 0 }) => {
    const message = toBytes(data);
    const secret = toBytes(key);
    let code: Uint8Array;
    if (isCmac(algorithm)) {
      const cipher = ciphers[algorithm];
      checkRoom(cipher, 0, message.length);
      code = cmacOf(cipher, fitBytes(secret, cipher.key, handling, 'key'), message);
    } else if (algorithm === 'poly1305') {
      const sizes = { usual: 32, least: 32, most: 32 };
      code = poly1305().poly1305(message, fitBytes(secret, sizes, handling, 'key'));
    } else {
      code = hmacOf(algorithm as Digest, secret, message);
    }
    if (length > code.length) {
      throw new ActionFailure(
        'input-invalid',
        `\`mac length\` must be at most the ${code.length} bytes that this algorithm gives, found ${length}`,
      );
    }
    return encodeBytes(length === 0 ? code : code.subarray(0, length), 'upper-hex');
  },
});
