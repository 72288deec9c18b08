import { ActionFailure } from '../../kit/index.ts';

/** Work grows with the square of the length. */
const mostBytes = 4096;

export const encodeNumber = (bytes: Uint8Array, base: number): string => {
  if (bytes.length > mostBytes) {
    throw new ActionFailure(
      'input-invalid',
      `\`data\` has ${bytes.length} bytes, and at most ${mostBytes} are written as one number; use data/binary/16-encode or 64-encode`,
    );
  }
  return BigInt(`0x0${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`).toString(base);
};

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`string\` ${problem}`);
};

export const decodeNumber = (text: string, base: number): Uint8Array => {
  const most = Math.ceil((mostBytes * 8) / Math.log2(base));
  if (text.length > most) fail(`has ${text.length} digits, and at most ${most} in base ${base} are read as one number`);
  if (text === '') fail('is empty; there must be at least one digit');
  // As many digits as a double holds exactly are added at a time.
  const step = Math.floor(53 / Math.log2(base));
  const shift = BigInt(base ** step);
  let number = 0n;
  for (let at = 0; at < text.length; at += step) {
    const piece = text.slice(at, at + step).toLowerCase();
    const value = Number.parseInt(piece, base);
    // Reading stops at the first character that is no digit, without a word.
    if (!(value >= 0) || value.toString(base).padStart(piece.length, '0') !== piece) {
      fail(`must have digits of base ${base} only: 0 to ${(base - 1).toString(base)}`);
    }
    number = number * (piece.length === step ? shift : BigInt(base ** piece.length)) + BigInt(value);
  }
  const digits = number.toString(16);
  return Uint8Array.from(Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex'));
};
