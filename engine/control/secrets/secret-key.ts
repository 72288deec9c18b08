import { createHmac, hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { lstatSync, statSync } from 'node:fs';
import process from 'node:process';
import { promisify } from 'node:util';
import { SettingsFault } from '../../settings/fault.ts';
import { reasonOf, writeFileAtomically } from '../atomic-file.ts';
import { readBytes } from '../document-file.ts';

export const keyVariable = 'SLUICE_SECRET_KEY';

/** What a key is made from: 32 bytes as they are, or a passphrase that is stretched with a stored salt. */
export type KeyMaterial = { readonly kind: 'file' | 'environment' } & (
  | { readonly bytes: Buffer; readonly passphrase?: never }
  | { readonly passphrase: string; readonly bytes?: never }
);

/** What secrets.json says of the key it was written with. Nothing in it helps to find the key. */
export interface KeyDescription {
  readonly kind: KeyMaterial['kind'];
  /** Hex; there if the key is a stretched passphrase. */
  readonly salt?: string;
  /** Hex; tells a wrong key from a damaged entry. */
  readonly check: string;
}

/** A key ready for use. */
export interface SecretKey {
  readonly description: KeyDescription;
  /** 32 bytes for AES-256. */
  readonly encryption: Buffer;
}

const least = 20;
/** 2^15, 8, 1 take about 50 ms and 32 MiB (RFC 7914; the memory limit of Node is just below what that needs). */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const stretch = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt);

/**
 * The key in SLUICE_SECRET_KEY: 32 bytes as 64 hex digits or base64, or a passphrase. undefined when the variable is not
 * set or empty.
 * @throws SettingsFault when it is too short to keep anything secret
 */
export function keyFromEnvironment(text: string | undefined): KeyMaterial | undefined {
  const given = text?.trim() ?? '';
  if (given === '') return undefined;
  const bytes = rawKey(given);
  if (bytes !== undefined) return { kind: 'environment', bytes };
  if ([...given].length >= least) return { kind: 'environment', passphrase: given };
  throw new SettingsFault(
    `${keyVariable} must be 64 hex digits, 32 bytes in base64, or a passphrase of at least ${least} characters, found ${[...given].length} characters. "openssl rand -hex 32" makes one.`,
  );
}

function rawKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  // Node reads base64url as base64 too.
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Makes a key usable. Without a salt a new one is taken, if the material needs any. */
export async function makeKey(material: KeyMaterial, salt?: string): Promise<SecretKey> {
  const { kind } = material;
  if (material.bytes !== undefined) return derived(material.bytes, { kind });
  const used = salt ?? randomBytes(16).toString('hex');
  return derived(await stretch(material.passphrase, Buffer.from(used, 'hex'), 32, cost), { kind, salt: used });
}

// What encrypts and what checks come from the key apart (HKDF, RFC 5869), so that the check says nothing of the other.
function derived(master: Buffer, description: Omit<KeyDescription, 'check'>): SecretKey {
  const encryption = Buffer.from(hkdfSync('sha256', master, '', 'sluice secrets: encryption', 32));
  const check = createHmac('sha256', master).update('sluice secrets: check').digest('hex').slice(0, 32);
  return { description: { ...description, check }, encryption };
}

export const isKeyOf = (key: SecretKey, { check }: KeyDescription): boolean => {
  const [a, b] = [Buffer.from(key.description.check), Buffer.from(check)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Where the key lies that is made when none is given: beside the data folder, so that a copy of that folder is worth nothing. */
export const keyFileOf = (dataDir: string): string => `${dataDir}.key`;

/** What is in the key file: a key, nothing, or something else. `warning` is about who else may read it. */
export interface ReadKeyFile {
  readonly material?: KeyMaterial;
  readonly problem?: string;
  readonly warning?: string;
}

export function readKeyFile(path: string): ReadKeyFile {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return {};
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined) return { problem: `The key file ${path} ${problem}` };
  const text = bytes.toString('utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text))
    return { problem: `The key file ${path} holds no key: allowed are 64 hex digits, found ${bytes.length} bytes.` };
  const material = { kind: 'file', bytes: Buffer.from(text, 'hex') } as const;
  const { mode: bits } = statSync(path);
  const isOpen = process.platform !== 'win32' && (bits & 0o077) !== 0;
  if (!isOpen) return { material };
  const mode = (bits & 0o777).toString(8).padStart(4, '0');
  return { material, warning: `The key file ${path} can be read by others (mode ${mode}). Run "chmod 600 ${path}".` };
}

/**
 * Makes a key and its file, mode 0600.
 * @throws Error that says why it cannot be written, and what to do
 */
export async function makeKeyFile(path: string): Promise<KeyMaterial> {
  const bytes = randomBytes(32);
  try {
    await writeFileAtomically(path, `${bytes.toString('hex')}\n`);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : reasonOf(thrown).reason;
    throw new Error(
      `There is no key to encrypt secrets with, and the key file ${path} cannot be made. Set ${keyVariable}, for example to the output of "openssl rand -hex 32", and start again. ${reason}`,
    );
  }
  return { kind: 'file', bytes };
}

/** Why stored secrets cannot be read with what there is, and what to do. `isGiven` says that the variable is set. */
export function whyLocked(stored: KeyDescription, isGiven: boolean, keyFile: ReadKeyFile, path: string): string {
  const afresh = `To begin anew without them, move secrets.json away.`;
  if (stored.kind === 'environment') {
    return isGiven
      ? `They were encrypted with another key than the one in ${keyVariable}. Start with the key that they were stored with. ${afresh}`
      : `They were encrypted with ${keyVariable}, which is not set. Start with the key that they were stored with. ${afresh}`;
  }
  if (keyFile.problem !== undefined)
    return `${keyFile.problem} Put the right one back, for example from a backup. ${afresh}`;
  return keyFile.material === undefined
    ? `Their key file ${path} is missing. Put it back, for example from a backup. ${afresh}`
    : `They were encrypted with another key than the one in the key file ${path}. Put the right one back. ${afresh}`;
}
