import { isUtf8 } from 'node:buffer';
import { ActionFailure, oneOf, optional } from '../kit/index.ts';
import { bounds } from './bounds.ts';

/** How bytes come out of an action: as text where they are UTF-8, or as one of both whatever they are. */
export type Form = 'auto' | 'text' | 'binary';

export const formField = optional(
  oneOf(['auto', 'text', 'binary'], {
    label: 'Result as',
    help: 'Auto gives a text when the bytes are valid UTF-8, and binary data when they are not.',
  }),
  'auto',
);

/** Small buffers lie in a pool that they would keep, and show to whoever gets them. */
export const ownBytes = (buffer: Buffer): Uint8Array =>
  buffer.buffer.byteLength === buffer.length
    ? new Uint8Array(buffer.buffer as ArrayBuffer, 0, buffer.length)
    : new Uint8Array(buffer);

/** Throws data-invalid where the form is text and the bytes are none. `field` is where they came from. */
export const giveBytes = (bytes: Uint8Array, form: Form, field: string): string | Uint8Array => {
  if (form === 'binary') return bytes;
  if (isUtf8(bytes)) return utf8(bytes);
  if (form === 'auto') return bytes;
  throw new ActionFailure(
    'data-invalid',
    `\`${field}\` holds ${bytes.length} bytes that are not UTF-8 and cannot be given as text; take them as binary data`,
  );
};

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();

/**
 * The text of a field that takes text or its UTF-8 bytes, without a byte order mark. Throws data-invalid when it is not
 * UTF-8 or longer than `most` characters.
 */
export const readText = (source: string | Uint8Array, field: string, most: number = bounds.text): string => {
  if (typeof source !== 'string' && !isUtf8(source)) {
    throw new ActionFailure(
      'data-invalid',
      `\`${field}\` is binary data that is not UTF-8; decode it first or give a text`,
    );
  }
  const text = typeof source === 'string' ? source : utf8(source);
  if (text.length > most) {
    throw new ActionFailure(
      'data-invalid',
      `\`${field}\` has ${text.length} characters, and at most ${most} are read; give a part of it`,
    );
  }
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
};
