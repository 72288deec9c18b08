import { ActionFailure, bytes, oneOf, optional } from '../kit/index.ts';
import { readBytes, type TextEncoding } from '../support/encode-bytes.ts';
import { ciphers, type SealingCipher } from './ciphers.ts';

/** What sealing and opening ask for alike. */
export const aesGcmFields = {
  key: bytes({ label: 'Key', help: '16, 24 or 32 bytes; security/random-token makes one.' }),
  'key-encoding': optional(
    oneOf(['base64', 'hex', 'text'], {
      label: 'Key encoding',
      help: 'What a key that is text stands for; base64 takes both alphabets.',
    }),
    'base64',
  ),
  aad: optional(
    bytes({
      label: 'Additional data',
      help: 'Not in the result, but has to be the same to decrypt it, such as an id.',
    }),
    '',
  ),
};

export const nonceBytes = 12;
export const tagBytes = 16;

const bySize: { readonly [bytes: number]: SealingCipher } = {
  16: ciphers.aes_128_gcm,
  24: ciphers.aes_192_gcm,
  32: ciphers.aes_256_gcm,
};

export const readAesKey = (
  key: string | Uint8Array,
  encoding: TextEncoding,
): { key: Uint8Array; cipher: SealingCipher } => {
  const raw = readBytes(key, encoding, 'key');
  const cipher = bySize[raw.length];
  if (cipher !== undefined) return { key: raw, cipher };
  throw new ActionFailure(
    'input-invalid',
    `\`key\` must have 16, 24 or 32 bytes, found ${raw.length}; check \`key-encoding\`, or make a key with security/random-token`,
  );
};
