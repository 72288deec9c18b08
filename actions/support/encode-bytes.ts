import { ActionFailure } from '../kit/index.ts';

/** How bytes are written as text; `binary` leaves them as they are. */
export const encodings = ['hex', 'upper-hex', 'base64', 'base64url', 'binary'] as const;
export type Encoding = (typeof encodings)[number];

/** How a text is read as bytes; `text` takes its UTF-8 bytes. Both base64 alphabets are read, with or without padding. */
export const textEncodings = ['text', 'hex', 'base64'] as const;
export type TextEncoding = (typeof textEncodings)[number];

export const encodeBytes = (bytes: Uint8Array, encoding: Encoding): string | Uint8Array => {
  // A plain Uint8Array of its own: a Buffer would be another class, and may lie in a pool that is shared.
  if (encoding === 'binary') return Uint8Array.from(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding === 'upper-hex' ? buffer.toString('hex').toUpperCase() : buffer.toString(encoding);
};

/** The UTF-8 bytes of a text; binary data as it is. */
export const toBytes = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value, 'utf8') : value;

/** The bytes that a text stands for, or undefined when it is not in that encoding. */
export const decodeBytes = (text: string, encoding: TextEncoding): Uint8Array | undefined => {
  if (encoding === 'text') return Buffer.from(text, 'utf8');
  if (encoding === 'hex') {
    return text.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(text) ? Buffer.from(text, 'hex') : undefined;
  }
  const digits = text.replace(/={1,2}$/, '');
  return digits.length % 4 !== 1 && /^[A-Za-z0-9+/_-]*$/.test(digits) ? Buffer.from(digits, 'base64') : undefined;
};

/** Bytes from a field that takes binary data, or text in the encoding another field names. Its value is never shown. */
export const readBytes = (
  value: string | Uint8Array,
  encoding: TextEncoding,
  field: string,
  code = 'input-invalid',
): Uint8Array => {
  if (typeof value !== 'string') return value;
  const bytes = decodeBytes(value, encoding);
  if (bytes !== undefined) return bytes;
  throw new ActionFailure(
    code,
    `\`${field}\` must be ${encoding} text, found ${value.length} characters that are not; check how it was encoded`,
  );
};
