import { bytes, defineAction, oneOf, optional } from '../kit/index.ts';
import { encodeBytes, encodings, toBytes } from '../support/encode-bytes.ts';
import { digestOf, digests } from './digest.ts';

export default defineAction({
  id: 'security/hash',
  title: 'Hash',
  summary: 'Gives the hash of a text or of binary data.',
  keywords: ['checksum', 'digest', 'md5', 'sha1', 'sha256', 'sha512'],
  documentation: `
The hash is that of the UTF-8 bytes. Names are those of Erlang's crypto module: \`sha\` is SHA-1, \`sha256\` SHA-2 (both FIPS
180-4), \`sha3_256\` FIPS 202, \`blake2b\` has 512 and \`blake2s\` 256 bits (RFC 7693).

A hash alone proves nothing about who made it; that takes \`security/hmac\`. Passwords need \`security/password-hash\`, since
all of these can be tried billions of times a second.`,
  fields: {
    algorithm: oneOf(digests, {
      label: 'Algorithm',
      help: 'sha, md5 and md4 are broken: anybody can make two texts with one hash. New data: sha256, sha3_256 or blake2b.',
    }),
    data: bytes({ label: 'Data', help: 'Text stands for its UTF-8 bytes.' }),
    encoding: optional(oneOf(encodings, { label: 'Encoding', help: 'How the result is written.' }), 'upper-hex'),
  },
  output: {},
  examples: [
    { given: { algorithm: 'sha', data: 'test' }, gives: 'A94A8FE5CCB19BA61C4C0873D391E987982FBBD3' },
    {
      given: { algorithm: 'sha256', data: 'abc', encoding: 'hex' },
      gives: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
    {
      given: { algorithm: 'sha256', data: 'abc', encoding: 'base64' },
      gives: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
    },
    { given: { algorithm: 'md5', data: new Uint8Array() }, gives: 'D41D8CD98F00B204E9800998ECF8427E' },
    { given: { algorithm: 'crc32', data: 'test' }, fails: 'input-invalid' },
  ],
  run: ({ algorithm, data, encoding }) => encodeBytes(digestOf(algorithm, toBytes(data)), encoding ?? 'upper-hex'),
});
