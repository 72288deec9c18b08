import { createHash } from 'node:crypto';
import { ActionFailure, boolean, describeValue, oneOf, optional, type Plain } from '../kit/index.ts';

export const formats = ['default', 'hex', 'urn', 'raw', 'slug'] as const;
export type Format = (typeof formats)[number];

const helpOfFormat =
  'default: 8-4-4-4-12 digits; hex: 32 digits; urn: with urn:uuid: before; raw: 16 bytes of binary data; slug: 22 characters for a URL.';

/** How the result is written. */
export const resultFields = {
  format: optional(oneOf(formats, { label: 'Format', help: helpOfFormat }), 'default'),
  info: optional(boolean({ label: 'Info', help: 'Gives an object with details in place of the UUID.' }), false),
};

const withDashes = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');

export const writeUuid = (bytes: Uint8Array, format: Format): string | Uint8Array => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (format) {
    case 'raw':
      return Uint8Array.from(bytes);
    case 'slug':
      return buffer.toString('base64url');
    case 'hex':
      return buffer.toString('hex');
    case 'urn':
      return `urn:uuid:${withDashes(buffer.toString('hex'))}`;
    default:
      return withDashes(buffer.toString('hex'));
  }
};

const digits = '[0-9a-f]';
const defaultForm = new RegExp(
  `^(urn:uuid:)?(${digits}{8})-(${digits}{4})-(${digits}{4})-(${digits}{4})-(${digits}{12})$`,
  'i',
);

/** The bytes of a UUID in any of the formats, and which it was; undefined for what is none. */
export const readUuid = (value: unknown): { bytes: Uint8Array; format: Format } | undefined => {
  if (value instanceof Uint8Array) return value.length === 16 ? { bytes: value, format: 'raw' } : undefined;
  if (typeof value !== 'string') return undefined;
  const match = defaultForm.exec(value);
  if (match !== null) {
    return { bytes: Buffer.from(match.slice(2).join(''), 'hex'), format: match[1] === undefined ? 'default' : 'urn' };
  }
  if (/^[0-9a-f]{32}$/i.test(value)) return { bytes: Buffer.from(value, 'hex'), format: 'hex' };
  // The last character stands for two bits only.
  if (/^[A-Za-z0-9_-]{21}[AQgw]$/.test(value)) return { bytes: Buffer.from(value, 'base64url'), format: 'slug' };
  return undefined;
};

export const expectUuid = (value: string | Uint8Array, field: string, code = 'data-invalid') => {
  const found = readUuid(value);
  if (found !== undefined) return found;
  throw new ActionFailure(
    code,
    `\`${field}\` must be a UUID such as 6ba7b810-9dad-11d1-80b4-00c04fd430c8, found ${describeValue(value)}`,
  );
};

const variantOf = (bytes: Uint8Array): string => {
  const bits = bytes[8] as number;
  if (bits < 0x80) return 'reserved_ncs';
  if (bits < 0xc0) return 'rfc4122';
  return bits < 0xe0 ? 'reserved_microsoft' : 'reserved_future';
};

export const versionOf = (bytes: Uint8Array): number => (bytes[6] as number) >> 4;

/** In the words of Elixir's UUID library. */
export const describeUuid = (bytes: Uint8Array, type: Format): Plain => ({
  uuid: writeUuid(bytes, type),
  binary: Uint8Array.from(bytes),
  type,
  version: versionOf(bytes),
  variant: variantOf(bytes),
});

export const giveUuid = (bytes: Uint8Array, format: Format = 'default', info = false): unknown =>
  info ? describeUuid(bytes, format) : writeUuid(bytes, format);

/** Sets version and variant in bytes of one's own. */
export const stamp = (bytes: Uint8Array, version: number): Uint8Array => {
  bytes[6] = ((bytes[6] as number) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes;
};

/** RFC 9562, 6.6. */
const namespaces: { readonly [name: string]: string } = {
  dns: '6ba7b8109dad11d180b400c04fd430c8',
  url: '6ba7b8119dad11d180b400c04fd430c8',
  oid: '6ba7b8129dad11d180b400c04fd430c8',
  x500: '6ba7b8149dad11d180b400c04fd430c8',
  nil: '00000000000000000000000000000000',
};

/** A UUID that a name always has in its namespace: version 3 with md5, 5 with sha1. */
export const hashName = (hash: 'md5' | 'sha1', namespace: string, name: string): Uint8Array => {
  const known = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined;
  const space = readUuid(known ?? namespace);
  if (space === undefined) {
    throw new ActionFailure(
      'input-invalid',
      `\`namespace\` must be ${Object.keys(namespaces).join(', ')} or a UUID, found ${describeValue(namespace)}`,
    );
  }
  const digest = createHash(hash).update(space.bytes).update(name, 'utf8').digest();
  return stamp(Uint8Array.from(digest.subarray(0, 16)), hash === 'md5' ? 3 : 5);
};

/** Writes a whole number of so many bytes, the highest first. */
export const writeNumber = (bytes: Uint8Array, offset: number, length: number, value: number): void => {
  let rest = value;
  for (let i = offset + length - 1; i >= offset; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
};

export const readNumber = (bytes: Uint8Array): number => bytes.reduce((number, byte) => number * 256 + byte, 0);
