import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { isObject } from '../../document/shape.ts';
import type { SecretKey } from './secret-key.ts';

/** One encrypted secret as secrets.json holds it. */
export interface SealedSecret {
  /** Base64: 96 bits, fresh for each write (NIST SP 800-38D). */
  readonly iv: string;
  /** Base64: 128 bits. */
  readonly tag: string;
  /** Base64: the value, encrypted. */
  readonly data: string;
  /** When it was stored: RFC 3339 in UTC. */
  readonly changed: string;
}

const algorithm = 'aes-256-gcm';
const tagBytes = 16;

export const isSealed = (value: unknown): value is SealedSecret & { [key: string]: string } =>
  isObject(value) && ['iv', 'tag', 'data', 'changed'].every((key) => typeof value[key] === 'string');

// The name is authenticated too: an entry that was moved to another name does not open.
const about = (name: string): Buffer => Buffer.from(JSON.stringify(['sluice secret', 1, name]));

/** Encrypts a value with AES-256-GCM. */
export function seal({ encryption }: SecretKey, name: string, value: string, changed: string): SealedSecret {
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, encryption, iv, { authTagLength: tagBytes }).setAAD(about(name));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
    changed,
  };
}

/** The value of an entry; undefined when it is not what was stored under this name with this key. */
export function unseal({ encryption }: SecretKey, name: string, sealed: unknown): string | undefined {
  if (!isSealed(sealed)) return undefined;
  try {
    const decipher = createDecipheriv(algorithm, encryption, Buffer.from(sealed.iv, 'base64'), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(about(name)).setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
