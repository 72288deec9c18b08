// Modes of operation (NIST SP 800-38A) and RC4 for what OpenSSL 3 no longer offers. All blocks have 8 bytes.
import { library } from '../support/library.ts';
import type { BlockCipher } from './rc2.ts';

const blowfish = library<typeof import('egoroof-blowfish')>('egoroof-blowfish');

export const openBlowfish = (key: Uint8Array): BlockCipher => {
  const { Blowfish } = blowfish();
  // Without padding this library cuts zeros off what it decrypts. With it, the last block has to be padding.
  const raw = new Blowfish(key, Blowfish.MODE.ECB, Blowfish.PADDING.NULL);
  const padded = new Blowfish(key, Blowfish.MODE.ECB, Blowfish.PADDING.PKCS5);
  const input = new Uint8Array(16);
  input.set(raw.encode(new Uint8Array(8).fill(8)), 8);
  return {
    encrypt: (bytes, offset) => bytes.set(raw.encode(bytes.subarray(offset, offset + 8)), offset),
    decrypt: (bytes, offset) => {
      input.set(bytes.subarray(offset, offset + 8));
      bytes.set(padded.decode(input, Blowfish.TYPE.UINT8_ARRAY), offset);
    },
  };
};

export type Mode = 'ecb' | 'cbc' | 'cfb' | 'ofb';

/** Encrypts or decrypts; for ecb and cbc the data must fill whole blocks. */
export const transform = (
  mode: Mode,
  cipher: BlockCipher,
  vector: Uint8Array,
  data: Uint8Array,
  encrypt: boolean,
): Uint8Array => {
  const result = Uint8Array.from(data);
  const chain = Uint8Array.from(vector);
  const mix = (offset: number): void => {
    const end = Math.min(offset + 8, result.length);
    for (let i = offset; i < end; i += 1) result[i] = (result[i] as number) ^ (chain[i - offset] as number);
  };
  for (let offset = 0; offset < result.length; offset += 8) {
    if (mode === 'ecb') {
      if (encrypt) cipher.encrypt(result, offset);
      else cipher.decrypt(result, offset);
    } else if (mode === 'cbc') {
      if (encrypt) {
        mix(offset);
        cipher.encrypt(result, offset);
        chain.set(result.subarray(offset, offset + 8));
      } else {
        cipher.decrypt(result, offset);
        mix(offset);
        chain.set(data.subarray(offset, offset + 8));
      }
    } else {
      cipher.encrypt(chain, 0);
      mix(offset);
      if (mode === 'cfb') chain.set((encrypt ? result : data).subarray(offset, offset + 8));
    }
  }
  return result;
};

/** Encrypts and decrypts alike. */
export const rc4 = (key: Uint8Array, data: Uint8Array): Uint8Array => {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  const at = (index: number): number => state[index & 255] as number;
  const swap = (i: number, j: number): void => {
    const held = at(i);
    state[i] = at(j);
    state[j] = held;
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] as number)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return data.map((byte) => {
    i = (i + 1) & 255;
    j = (j + at(i)) & 255;
    swap(i, j);
    return byte ^ at(at(i) + at(j));
  });
};
