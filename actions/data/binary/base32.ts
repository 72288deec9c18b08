import { checkTotal } from '../../support/bounds.ts';
import { type Notation, readDigits } from './digits.ts';

/** RFC 4648, sections 6 and 7. */
const alphabets = {
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  base32hex: '0123456789ABCDEFGHIJKLMNOPQRSTUV',
} as const;

const shape = { group: 8, rests: [0, 2, 4, 5, 7] } as const;
const notations: Record<keyof typeof alphabets, Notation> = {
  base32: { name: 'base32', foreign: /[^A-Z2-7]/i, ...shape },
  base32hex: { name: 'base32 with the extended hex alphabet', foreign: /[^0-9A-V]/i, ...shape },
};

export const encodeBase32 = (bytes: Uint8Array, alphabet: keyof typeof alphabets, padding: boolean): string => {
  checkTotal(Math.ceil(bytes.length / 5) * 8, 'data', 'characters');
  const letters = Buffer.from(alphabets[alphabet]);
  const length = Math.ceil((bytes.length * 8) / 5);
  const text = Buffer.alloc(padding ? Math.ceil(length / 8) * 8 : length, '=');
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text[at] = letters[(held >> bits) & 31] as number;
      at += 1;
    }
    held &= (1 << bits) - 1;
  }
  if (bits > 0) text[at] = letters[(held << (5 - bits)) & 31] as number;
  return text.toString('latin1');
};

export const decodeBase32 = (text: string, alphabet: keyof typeof alphabets): Uint8Array => {
  const digits = readDigits(text, notations[alphabet]).toUpperCase();
  const values = new Uint8Array(128);
  for (let value = 0; value < 32; value += 1) values[alphabets[alphabet].charCodeAt(value)] = value;
  const bytes = new Uint8Array(Math.floor((digits.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < digits.length; index += 1) {
    held = (held << 5) | (values[digits.charCodeAt(index)] as number);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits;
    at += 1;
    held &= (1 << bits) - 1;
  }
  return bytes;
};
