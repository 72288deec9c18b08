import { createHash, createHmac } from 'node:crypto';
import { md4 } from './md4.ts';

/** As Erlang's crypto module names them. */
export const digests = [
  'sha',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3_224',
  'sha3_256',
  'sha3_384',
  'sha3_512',
  'blake2b',
  'blake2s',
  'ripemd160',
  'md4',
  'md5',
] as const;
export type Digest = (typeof digests)[number];

// OpenSSL 3 has no MD4 any more; the others only have other names there.
const names: { readonly [digest in Exclude<Digest, 'md4'>]: string } = {
  sha: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  sha3_224: 'sha3-224',
  sha3_256: 'sha3-256',
  sha3_384: 'sha3-384',
  sha3_512: 'sha3-512',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
  ripemd160: 'ripemd160',
  md5: 'md5',
};

export const digestOf = (digest: Digest, ...parts: Uint8Array[]): Uint8Array => {
  if (digest !== 'md4') {
    const hash = createHash(names[digest]);
    for (const part of parts) hash.update(part);
    return hash.digest();
  }
  return md4(Buffer.concat(parts));
};

/** HMAC (RFC 2104). */
export const hmacOf = (digest: Digest, key: Uint8Array, data: Uint8Array): Uint8Array => {
  if (digest !== 'md4') return createHmac(names[digest], key).update(data).digest();
  const block = new Uint8Array(64);
  block.set(key.length > block.length ? digestOf('md4', key) : key);
  const inner = digestOf(
    'md4',
    block.map((byte) => byte ^ 0x36),
    data,
  );
  return digestOf(
    'md4',
    block.map((byte) => byte ^ 0x5c),
    inner,
  );
};
