import { ActionFailure, bytes, defineAction } from '../kit/index.ts';
import { readBytes, toBytes } from '../support/encode-bytes.ts';
import { formField, giveBytes } from '../support/utf8.ts';
import { aesGcmFields, nonceBytes, readAesKey, tagBytes } from './aes-gcm.ts';
import { unseal } from './ciphers.ts';

export default defineAction({
  id: 'security/aes-gcm-decrypt',
  title: 'Decrypt with AES-GCM',
  summary: 'Decrypts what was encrypted with AES-GCM, and makes sure that it was not changed.',
  keywords: ['cipher', 'decipher'],
  documentation: `
Takes nonce (12 bytes), encrypted data and tag (16 bytes) one after the other, as \`security/aes-gcm-encrypt\` and many other
programs write them: as base64 in either alphabet, or as binary data. Nothing is given out before the tag was found right. The
result is text, or binary data where the bytes are not UTF-8; \`as\` settles it.`,
  fields: {
    data: bytes({ label: 'Data', help: 'Base64 text, or binary data.' }),
    ...aesGcmFields,
    as: formField,
  },
  output: {},
  failures: {
    'data-invalid': 'The data is not base64, or what it holds is not the text that was asked for.',
    'decryption-failed': 'Data, key and additional data do not belong together, or the data was changed.',
  },
  examples: [
    {
      given: { data: 'AAAAAAAAAAAAAAAAWOL8zvp-MGE2fx1XpOdFWg', key: 'AAAAAAAAAAAAAAAAAAAAAA' },
      gives: '',
      note: 'Test case 1 of the GCM specification: an empty text under a key of zeros.',
    },
    {
      given: { data: 'AAAAAAAAAAAAAAAAWOL8zvp-MGE2fx1XpOdFWg', key: 'AAAAAAAAAAAAAAAAAAAAAA', as: 'binary' },
      gives: new Uint8Array(),
    },
    {
      given: { data: 'AAAAAAAAAAAAAAAAWOL8zvp-MGE2fx1XpOdFWg', key: 'AAAAAAAAAAAAAAAAAAAAAA', aad: 'other' },
      fails: 'decryption-failed',
    },
    { given: { data: 'AAAA', key: 'AAAAAAAAAAAAAAAAAAAAAA' }, fails: 'decryption-failed', note: 'Cut off.' },
    { given: { data: '***', key: 'AAAAAAAAAAAAAAAAAAAAAA' }, fails: 'data-invalid' },
    { given: { data: '', key: 'AAAA' }, fails: 'input-invalid' },
  ],
  run: ({ data, key, 'key-encoding': encoding = 'base64', aad = '', as }) => {
    const { key: raw, cipher } = readAesKey(key, encoding);
    const sealed = readBytes(data, 'base64', 'data', 'data-invalid');
    const end = sealed.length - tagBytes;
    const parts = { data: sealed.subarray(nonceBytes, end), tag: sealed.subarray(end) };
    const opened =
      end < nonceBytes ? undefined : unseal(cipher, raw, sealed.subarray(0, nonceBytes), parts, toBytes(aad));
    if (opened !== undefined) return giveBytes(Uint8Array.from(opened), as ?? 'auto', 'data');
    throw new ActionFailure(
      'decryption-failed',
      '`data` cannot be decrypted with this key and additional data; check both, and that the data is whole',
    );
  },
});
