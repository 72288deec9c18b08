import { checkTotal } from '../../support/bounds.ts';
import { ownBytes } from '../../support/utf8.ts';
import { type Notation, readDigits } from './digits.ts';

const notation: Notation = { name: 'base16', foreign: /[^0-9A-F]/i, group: 2, rests: [0] };

export const encodeHex = (bytes: Uint8Array, letters: 'upper' | 'lower'): string => {
  checkTotal(bytes.length * 2, 'data', 'characters');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return letters === 'upper' ? text.toUpperCase() : text;
};

export const decodeHex = (text: string): Uint8Array => ownBytes(Buffer.from(readDigits(text, notation), 'hex'));
