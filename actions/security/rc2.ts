// RC2 (RFC 2268), which OpenSSL 3 keeps out of reach. Words have 16 bits, the low byte first.

/** A permutation of the bytes from the digits of pi. */
const pi = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb' +
    '86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda46690757' +
    '27f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e' +
    '0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b255597312d5dfa98e38a92ae05df2910676cbac9' +
    'd300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

const expandKey = (key: Uint8Array, effectiveBits: number): Uint16Array => {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const at = (index: number): number => bytes[index] as number;
  for (let i = key.length; i < 128; i += 1) bytes[i] = pi[(at(i - 1) + at(i - key.length)) & 255] as number;
  const kept = Math.ceil(effectiveBits / 8);
  bytes[128 - kept] = pi[at(128 - kept) & (255 >> (8 * kept - effectiveBits))] as number;
  for (let i = 127 - kept; i >= 0; i -= 1) bytes[i] = pi[at(i + 1) ^ at(i + kept)] as number;
  return Uint16Array.from({ length: 64 }, (_, word) => at(2 * word) | (at(2 * word + 1) << 8));
};

const rotations = [1, 2, 3, 5];
/** After which rounds the words are mashed with the key. */
const isMashed = (round: number): boolean => round === 4 || round === 10;

export interface BlockCipher {
  /** Writes one encrypted block of 8 bytes in place of the block at that offset. */
  encrypt(bytes: Uint8Array, offset: number): void;
  decrypt(bytes: Uint8Array, offset: number): void;
}

export const openRc2 = (key: Uint8Array, effectiveBits = key.length * 8): BlockCipher => {
  const words = expandKey(key, effectiveBits);
  const r = new Uint16Array(4);
  const at = (index: number): number => r[index & 3] as number;
  const load = (bytes: Uint8Array, offset: number): void => {
    for (let i = 0; i < 4; i += 1)
      r[i] = (bytes[offset + 2 * i] as number) | ((bytes[offset + 2 * i + 1] as number) << 8);
  };
  const store = (bytes: Uint8Array, offset: number): void => {
    for (let i = 0; i < 4; i += 1) {
      bytes[offset + 2 * i] = at(i) & 255;
      bytes[offset + 2 * i + 1] = at(i) >> 8;
    }
  };
  const mixed = (i: number): number => (at(i - 1) & at(i - 2)) + (~at(i - 1) & at(i - 3));
  const mashed = (i: number): number => words[at(i - 1) & 63] as number;

  return {
    encrypt(bytes, offset) {
      load(bytes, offset);
      for (let round = 0; round < 16; round += 1) {
        for (let i = 0; i < 4; i += 1) {
          const sum = (at(i) + (words[4 * round + i] as number) + mixed(i)) & 0xffff;
          const turn = rotations[i] as number;
          r[i] = (sum << turn) | (sum >> (16 - turn));
        }
        if (isMashed(round)) for (let i = 0; i < 4; i += 1) r[i] = at(i) + mashed(i);
      }
      store(bytes, offset);
    },
    decrypt(bytes, offset) {
      load(bytes, offset);
      for (let round = 15; round >= 0; round -= 1) {
        if (isMashed(round)) for (let i = 3; i >= 0; i -= 1) r[i] = at(i) - mashed(i);
        for (let i = 3; i >= 0; i -= 1) {
          const turn = rotations[i] as number;
          r[i] = ((at(i) >> turn) | (at(i) << (16 - turn))) - (words[4 * round + i] as number) - mixed(i);
        }
      }
      store(bytes, offset);
    },
  };
};
