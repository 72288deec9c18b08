import { bytes, oneOf, optional } from '../kit/index.ts';
import { textEncodings } from '../support/encode-bytes.ts';
import { digests } from './digest.ts';

/** What making and checking an HMAC ask for alike. */
export const hmacFields = {
  algorithm: optional(
    oneOf(digests, { label: 'Algorithm', help: 'sha is for older partners; md5 and md4 are weak.' }),
    'sha256',
  ),
  data: bytes({ label: 'Data', help: 'Text stands for its UTF-8 bytes.' }),
  key: bytes({ label: 'Key' }),
  'key-encoding': optional(
    oneOf(textEncodings, { label: 'Key encoding', help: 'What a key that is text stands for.' }),
    'text',
  ),
};
