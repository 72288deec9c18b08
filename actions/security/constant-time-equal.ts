import { createHash } from 'node:crypto';
import { bytes, defineAction } from '../kit/index.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { areEqualBytes } from '../support/equal-bytes.ts';

export default defineAction({
  id: 'security/constant-time-equal',
  title: 'Constant-time equal',
  summary: 'Says whether two secrets are the same, without telling by its time where they differ.',
  documentation: `
For tokens and codes that come from outside: an ordinary comparison ends at the first difference, which lets a patient guesser
find a secret character by character. Both sides are hashed first, so that not even their lengths show. Text is compared by its
UTF-8 bytes; text and binary data with the same bytes are equal.`,
  fields: { a: bytes({ label: 'A' }), b: bytes({ label: 'B' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { a: 's3cret', b: 's3cret' }, gives: true },
    { given: { a: 's3cret', b: 's3creT' }, gives: false },
    { given: { a: 'é', b: new Uint8Array([0xc3, 0xa9]) }, gives: true },
    { given: { a: null, b: 's3cret' }, fails: 'input-invalid', note: 'A token that is not there is no token.' },
  ],
  run: ({ a, b }) => {
    const digest = (value: string | Uint8Array): Uint8Array => createHash('sha256').update(toBytes(value)).digest();
    return areEqualBytes(digest(a), digest(b));
  },
});
