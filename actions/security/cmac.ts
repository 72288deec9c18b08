import type { PlainCipher } from './ciphers.ts';

/** Twice a number of a binary field: the lengths of a block decide by what it is reduced. */
const double = (block: Uint8Array): Uint8Array => {
  const shifted = block.map((byte, i) => (byte << 1) | ((block[i + 1] ?? 0) >> 7));
  const last = shifted.length - 1;
  if ((block[0] as number) & 0x80) shifted[last] = (shifted[last] as number) ^ (block.length === 16 ? 0x87 : 0x1b);
  return shifted;
};

/** CMAC (NIST SP 800-38B, RFC 4493): the last block that a cipher in CBC mode gives. */
export const cmacOf = ({ run, block, vector }: PlainCipher, key: Uint8Array, data: Uint8Array): Uint8Array => {
  const zero = new Uint8Array(vector.usual);
  const first = double(run(key, zero, new Uint8Array(block), true));
  const count = Math.max(1, Math.ceil(data.length / block));
  const message = new Uint8Array(count * block);
  message.set(data);
  const isWhole = data.length === message.length;
  if (!isWhole) message[data.length] = 0x80;
  const subkey = isWhole ? first : double(first);
  const end = message.length - block;
  for (let i = 0; i < block; i += 1) message[end + i] = (message[end + i] as number) ^ (subkey[i] as number);
  return run(key, zero, message, true).subarray(end);
};
