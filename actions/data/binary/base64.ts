import { checkTotal } from '../../support/bounds.ts';
import { ownBytes } from '../../support/utf8.ts';
import { type Notation, readDigits } from './digits.ts';

const shape = { group: 4, rests: [0, 2, 3] } as const;
const notations: Record<'base64' | 'base64url', Notation> = {
  base64: { name: 'base64', foreign: /[^A-Za-z0-9+/]/, ...shape },
  base64url: { name: 'URL-safe base64', foreign: /[^A-Za-z0-9_-]/, ...shape },
};

export const encodeBase64 = (bytes: Uint8Array, alphabet: 'base64' | 'base64url', padding: boolean): string => {
  const length = Math.ceil(bytes.length / 3) * 4;
  checkTotal(length, 'data', 'characters');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(alphabet);
  if (padding) return text.padEnd(length, '=');
  return text.endsWith('=') ? text.slice(0, text.indexOf('=')) : text;
};

export const decodeBase64 = (text: string, alphabet: 'base64' | 'base64url'): Uint8Array =>
  ownBytes(Buffer.from(readDigits(text, notations[alphabet]), alphabet));
