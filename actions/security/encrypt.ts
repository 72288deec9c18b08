import { ActionFailure, bytes, defineAction, optional } from '../kit/index.ts';
import { checkSize } from '../support/bounds.ts';
import { encodeBytes, toBytes } from '../support/encode-bytes.ts';
import { checkRoom, cipherFields, tagLengthOf } from './cipher-fields.ts';
import { type Cipher, ciphers, isSealing, seal } from './ciphers.ts';
import { fitBytes, pad } from './fit.ts';

export default defineAction({
  id: 'security/encrypt',
  title: 'Encrypt',
  summary: 'Encrypts data with a named cipher and gives upper-case hex.',
  keywords: ['blowfish', 'des'],
  documentation: `
Names, key sizes and vector sizes are those of Erlang's crypto module: \`cfb\` of DES shifts by 8 bits, \`chacha20\` takes a
vector of 16 bytes (counter, then nonce), Blowfish and RC4 take keys of other sizes than 16 bytes only as \`strict\`.

Padding always adds at least one byte: up to a whole block for ECB and CBC, and a single byte 01 for all others, which work byte
by byte and would need none. Choose \`strict\` for these when somebody else is to decrypt. For GCM, CCM and
\`chacha20_poly1305\` the result is the encrypted data followed by the tag.

Nothing here makes a key out of a password, and only GCM, CCM and Poly1305 notice when data was changed.
\`security/aes-gcm-encrypt\` is the simple way to keep something secret: it chooses the vector itself. Blowfish, RC2 and RC4
take at most 1 MB.`,
  fields: {
    data: bytes({ label: 'Data', help: 'Text stands for its UTF-8 bytes.' }),
    ...cipherFields,
    tag: optional(
      bytes({ label: 'Tag', help: 'Not used: the tag is made here. Only security/decrypt takes one.' }),
      '',
    ),
  },
  output: { type: 'string' },
  failures: { 'too-large': 'There is more data than one call may encrypt.' },
  examples: [
    {
      given: {
        cipher: 'aes_256_ctr',
        data: 'teststring',
        key: 'testtesttesttest',
        'handle key': 'truncate',
        'handle vector': 'truncate',
      },
      gives: '3DB8139FDB222A4728C799',
      note: 'Ten bytes and a byte of padding.',
    },
    {
      given: {
        cipher: 'aes_128_cbc',
        data: new Uint8Array([
          0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a,
        ]),
        'handle data': 'strict',
        key: new Uint8Array([
          0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c,
        ]),
        vector: new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
      },
      gives: '7649ABAC8119B246CEE98E9B12E9197D',
      note: 'NIST SP 800-38A, F.2.1.',
    },
    {
      given: {
        cipher: 'aes_128_gcm',
        data: '',
        'handle data': 'strict',
        key: new Uint8Array(16),
        vector: new Uint8Array(12),
      },
      gives: '58E2FCCEFA7E3061367F1D57A4E7455A',
      note: 'Nothing but the tag.',
    },
    { given: { cipher: 'aes_128_cbc', data: 'x', key: 'short', vector: '0123456789abcdef' }, fails: 'input-invalid' },
    {
      given: { cipher: 'aes_128_ecb', data: 'not 16 bytes', 'handle data': 'strict', key: '0123456789abcdef' },
      fails: 'input-invalid',
    },
  ],
  run: (input) => {
    const cipher: Cipher = ciphers[input.cipher];
    const given = toBytes(input.data);
    checkSize(2 * given.length, 'data');
    const key = fitBytes(toBytes(input.key), cipher.key, input['handle key'] ?? 'strict', 'key');
    const vector = fitBytes(toBytes(input.vector ?? ''), cipher.vector, input['handle vector'] ?? 'strict', 'vector');
    const data = input['handle data'] === 'strict' ? given : pad(given, cipher.block);
    checkRoom(cipher, vector.length, data.length);
    if (data.length % cipher.block !== 0) {
      throw new ActionFailure(
        'input-invalid',
        `\`data\` must fill blocks of ${cipher.block} bytes, found ${data.length} bytes; set \`handle data\` to pad`,
      );
    }
    if (!isSealing(cipher)) return encodeBytes(cipher.run(key, vector, data, true), 'upper-hex');
    const tagLength = tagLengthOf(cipher, input['tag length'] ?? 0);
    const sealed = seal(cipher, key, vector, data, toBytes(input.aad ?? ''), tagLength);
    return encodeBytes(Buffer.concat([sealed.data, sealed.tag]), 'upper-hex');
  },
});
