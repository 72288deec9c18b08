import { ActionFailure, bytes, defineAction, optional } from '../kit/index.ts';
import { readBytes, toBytes } from '../support/encode-bytes.ts';
import { formField, giveBytes } from '../support/utf8.ts';
import { checkRoom, cipherFields, tagLengthOf } from './cipher-fields.ts';
import { type Cipher, ciphers, isSealing, type SealingCipher, unseal } from './ciphers.ts';
import { fitBytes, unpad } from './fit.ts';

// One message for whatever is wrong: which one it was would help whoever tries keys or changes data.
const refuse = (): never => {
  throw new ActionFailure(
    'decryption-failed',
    '`data` cannot be decrypted with these settings; check cipher, key, vector, tag and `handle data`, and that the data is whole',
  );
};

/** The tag is a field of its own, or follows the data. */
const splitTag = (cipher: SealingCipher, data: Uint8Array, given: Uint8Array, asked: number) => {
  if (given.length > 0) {
    tagLengthOf(cipher, given.length, 'tag');
    return { data, tag: given };
  }
  const length = tagLengthOf(cipher, asked);
  if (data.length < length) return refuse();
  return { data: data.subarray(0, data.length - length), tag: data.subarray(data.length - length) };
};

export default defineAction({
  id: 'security/decrypt',
  title: 'Decrypt',
  summary: 'Decrypts hex with a named cipher.',
  documentation: `
The counterpart of \`security/encrypt\`, whose documentation says how names, sizes and padding are meant. The result is text, or
binary data where the bytes are not UTF-8. For GCM, CCM and \`chacha20_poly1305\` the tag is given in \`tag\`, or is what the
data ends with when \`tag\` is empty.

A wrong key, changed data and missing padding all fail in the same way. Without padding or a tag nothing can be noticed: a wrong
key then gives other bytes.`,
  fields: {
    data: bytes({ label: 'Data', help: 'Hex in either case, or binary data.' }),
    ...cipherFields,
    tag: optional(bytes({ label: 'Tag', help: 'Hex or binary data; empty when the data ends with it.' }), ''),
    as: formField,
  },
  output: {},
  failures: {
    'data-invalid': 'The data or the tag is not hex, or what it holds is not the text that was asked for.',
    'decryption-failed': 'Key, vector, tag or padding do not belong to the data.',
    'too-large': 'There is more data than one call may decrypt.',
  },
  examples: [
    {
      given: {
        cipher: 'aes_256_ctr',
        data: '3DB8139FDB222A4728C799',
        key: 'testtesttesttest',
        'handle key': 'truncate',
        'handle vector': 'truncate',
      },
      gives: 'teststring',
    },
    {
      given: {
        cipher: 'aes_256_ctr',
        data: '3db8139fdb222a4728c7',
        'handle data': 'strict',
        key: 'testtesttesttest',
        'handle key': 'truncate',
        'handle vector': 'truncate',
      },
      gives: 'teststring',
      note: 'Written without padding.',
    },
    {
      given: {
        cipher: 'aes_128_gcm',
        data: '',
        tag: '58E2FCCEFA7E3061367F1D57A4E7455A',
        'handle data': 'strict',
        key: new Uint8Array(16),
        vector: new Uint8Array(12),
      },
      gives: '',
    },
    {
      given: {
        cipher: 'aes_128_gcm',
        data: '59E2FCCEFA7E3061367F1D57A4E7455A',
        'handle data': 'strict',
        key: new Uint8Array(16),
        vector: new Uint8Array(12),
      },
      fails: 'decryption-failed',
      note: 'One bit of the tag was changed.',
    },
    { given: { cipher: 'rc4', data: 'no hex', key: 'secret' }, fails: 'data-invalid' },
    { given: { cipher: 'rot13', data: '', key: '' }, fails: 'input-invalid' },
  ],
  run: (input) => {
    const cipher: Cipher = ciphers[input.cipher];
    const data = readBytes(input.data, 'hex', 'data', 'data-invalid');
    const key = fitBytes(toBytes(input.key), cipher.key, input['handle key'] ?? 'strict', 'key');
    const vector = fitBytes(toBytes(input.vector ?? ''), cipher.vector, input['handle vector'] ?? 'strict', 'vector');
    checkRoom(cipher, vector.length, data.length);
    let decrypted: Uint8Array | undefined;
    if (isSealing(cipher)) {
      const tag = readBytes(input.tag ?? '', 'hex', 'tag', 'data-invalid');
      const sealed = splitTag(cipher, data, tag, input['tag length'] ?? 0);
      decrypted = unseal(cipher, key, vector, sealed, toBytes(input.aad ?? ''));
    } else if (data.length % cipher.block === 0) {
      decrypted = cipher.run(key, vector, data, false);
    }
    if (decrypted !== undefined && input['handle data'] !== 'strict') decrypted = unpad(decrypted, cipher.block);
    return giveBytes(Uint8Array.from(decrypted ?? refuse()), input.as ?? 'auto', 'data');
  },
});
