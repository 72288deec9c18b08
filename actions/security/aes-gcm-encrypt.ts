import { bytes, defineAction } from '../kit/index.ts';
import { checkSize } from '../support/bounds.ts';
import { encodeBytes, toBytes } from '../support/encode-bytes.ts';
import { aesGcmFields, nonceBytes, readAesKey, tagBytes } from './aes-gcm.ts';
import { seal } from './ciphers.ts';

export default defineAction({
  id: 'security/aes-gcm-encrypt',
  title: 'Encrypt with AES-GCM',
  summary: 'Encrypts data so that it can be read, and changed unnoticed, only with the key.',
  keywords: ['cipher'],
  documentation: `
AES-GCM (NIST SP 800-38D). The result is one base64url text of the random nonce (12 bytes), the encrypted data and the tag (16
bytes), as \`security/aes-gcm-decrypt\` reads it. Encrypting the same data again gives another text. A key should encrypt no
more than four thousand million times, since nonces would begin to repeat. The length of the data can be seen.

The key decides between AES-128, AES-192 and AES-256. A password is no key.`,
  fields: { data: bytes({ label: 'Data', help: 'Text stands for its UTF-8 bytes.' }), ...aesGcmFields },
  output: { type: 'string' },
  failures: { 'too-large': 'The result would be larger than a result may be.' },
  examples: [
    { given: { data: 'x', key: 'c2hvcnQ' }, fails: 'input-invalid', note: 'The key has 5 bytes.' },
    { given: { data: 'x', key: '0123456789abcdef', 'key-encoding': 'hex' }, fails: 'input-invalid' },
  ],
  run: ({ data, key, 'key-encoding': encoding = 'base64', aad = '' }, { host }) => {
    const { key: raw, cipher } = readAesKey(key, encoding);
    const plain = toBytes(data);
    checkSize(Math.ceil(((plain.length + nonceBytes + tagBytes) * 4) / 3), 'data');
    const nonce = host.randomBytes(nonceBytes);
    const sealed = seal(cipher, raw, nonce, plain, toBytes(aad), tagBytes);
    return encodeBytes(Buffer.concat([nonce, sealed.data, sealed.tag]), 'base64url');
  },
});
