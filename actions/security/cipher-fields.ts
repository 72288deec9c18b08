import { ActionFailure, bytes, integer, oneOf, optional } from '../kit/index.ts';
import { bounds } from '../support/bounds.ts';
import { type Cipher, cipherNames, isSealing, type SealingCipher } from './ciphers.ts';
import { handlings } from './fit.ts';

/** What encrypting and decrypting ask for alike. */
export const cipherFields = {
  cipher: oneOf(cipherNames, {
    label: 'Cipher',
    help:
      'New data: aes_256_gcm or chacha20_poly1305. ECB, DES, Blowfish, RC2 and RC4 are broken or weak; use them only to read what ' +
      'others wrote with them.',
  }),
  'handle data': optional(
    oneOf(['pad', 'strict'], {
      label: 'Handle data',
      help: 'pad: with padding after PKCS#7. strict: without; block modes then need whole blocks.',
    }),
    'pad',
  ),
  key: bytes({ label: 'Key', help: 'Text stands for its UTF-8 bytes.' }),
  'handle key': optional(
    oneOf(handlings, {
      label: 'Handle key',
      help: 'strict: the size must be right. truncate: cut, or filled up with zero bytes, which weakens it.',
    }),
    'strict',
  ),
  vector: optional(
    bytes({ label: 'Initialisation vector', help: 'Never the same twice for one key; ECB and RC4 take none.' }),
    '',
  ),
  'handle vector': optional(
    oneOf(handlings, {
      label: 'Handle vector',
      help: 'strict: the size must be right. truncate: cut, or filled up with zero bytes.',
    }),
    'strict',
  ),
  aad: optional(
    bytes({ label: 'Additional data', help: 'Authenticated but not encrypted; only for GCM, CCM and Poly1305.' }),
    '',
  ),
  'tag length': optional(
    integer({
      label: 'Tag length',
      help: 'Bytes; 0 is the most. Only for GCM, CCM and Poly1305.',
      minimum: 0,
      maximum: 16,
    }),
    0,
  ),
};

export const tagLengthOf = ({ tags }: SealingCipher, asked: number, field = 'tag length'): number => {
  const length = asked === 0 ? 16 : asked;
  if (tags.includes(length)) return length;
  throw new ActionFailure(
    'input-invalid',
    `\`${field}\` must be one of ${tags.join(', ')} bytes for this cipher, found ${asked}`,
  );
};

// What takes longer than this would hold up everything else in the process.
const mostSlow = 1_000_000;

/** How many bytes a cipher takes at once; a long vector leaves CCM little room to count in (RFC 3610). */
const mostOf = (cipher: Cipher, vectorLength: number): number => {
  if (!isSealing(cipher)) return cipher.slow ? mostSlow : bounds.text;
  return cipher.openssl.endsWith('ccm') ? Math.min(bounds.text, 2 ** (8 * (15 - vectorLength)) - 1) : bounds.text;
};

export const checkRoom = (cipher: Cipher, vectorLength: number, size: number): void => {
  const most = mostOf(cipher, vectorLength);
  if (size <= most) return;
  throw new ActionFailure(
    'too-large',
    `\`data\` has ${size} bytes, and at most ${most} are allowed for this cipher and vector; take it in parts`,
  );
};
