import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { decodeBytes } from '../support/encode-bytes.ts';
import { areEqualBytes } from '../support/equal-bytes.ts';

export const schemes = ['standard', 'github', 'stripe', 'slack', 'generic'] as const;
export type Scheme = (typeof schemes)[number];

/** A request as its signature covers it. */
export interface Delivery {
  readonly body: Uint8Array;
  /** By lower-case name; undefined for one that is not there. */
  readonly header: (name: string) => string | undefined;
}

/** What a request carries to prove itself. */
export interface Claim {
  /** What a repetition can be known by. */
  readonly id: string;
  /** Seconds since 1970 as the sender signed them; undefined where a scheme signs no time. */
  readonly timestamp?: number;
  /** Whether one of its signatures was made with this secret. */
  readonly isSignedWith: (secret: string) => boolean;
}

/** How a generic signature is written. */
export interface GenericOptions {
  readonly header: string;
  readonly algorithm: 'sha256' | 'sha1' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly prefix: string;
}

/** Rotated secrets need two; a list of thousands would only cost time. */
const mostSignatures = 20;

const hmac = (algorithm: string, secret: string | Uint8Array, ...parts: (string | Uint8Array)[]): Uint8Array => {
  const mac = createHmac(algorithm, secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

const isOneOf = (codes: readonly (Uint8Array | undefined)[], expected: Uint8Array): boolean => {
  let found = false;
  // All of them, so that the time does not tell which one was right.
  for (const code of codes) if (code !== undefined && areEqualBytes(code, expected)) found = true;
  return found;
};

const readSeconds = (text: string): number | undefined => (/^\d{1,12}$/.test(text) ? Number(text) : undefined);

export const digestId = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('base64url');
};

/** The key of a Standard Webhooks secret; those without the prefix are base64 as well. */
export const standardKey = (secret: string): Uint8Array | undefined => {
  const bytes = decodeBytes(secret.replace(/^whsec_/, ''), 'base64');
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
};

const publicPrefix = 'whpk_';
const rawPublicKey = (secret: string): Uint8Array | undefined => {
  const raw = decodeBytes(secret.slice(publicPrefix.length), 'base64');
  return raw?.length === 32 ? raw : undefined;
};

/** Whether a secret is written as its scheme has it. */
export const isUsable = (scheme: Scheme, secret: string): boolean => {
  if (scheme !== 'standard') return secret !== '';
  return (secret.startsWith(publicPrefix) ? rawPublicKey(secret) : standardKey(secret)) !== undefined;
};

const verifyEd25519 = (
  secret: string,
  message: Uint8Array,
  signatures: readonly (Uint8Array | undefined)[],
): boolean => {
  const raw = rawPublicKey(secret);
  if (raw === undefined) return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return signatures.some((signature) => signature?.length === 64 && verify(null, message, key, signature));
};

const standard = ({ body, header }: Delivery): Claim | undefined => {
  // Svix, where the scheme comes from, sends its own names too.
  const part = (name: string): string => header(`webhook-${name}`) ?? header(`svix-${name}`) ?? '';
  const id = part('id');
  const timestamp = readSeconds(part('timestamp'));
  // A dot would let one message be read as another: it separates what is signed.
  if (id === '' || id.includes('.') || timestamp === undefined) return undefined;
  const signatures = part('signature').split(' ', mostSignatures);
  const of = (version: string) =>
    signatures
      .filter((one) => one.startsWith(`${version},`))
      .map((one) => decodeBytes(one.slice(version.length + 1), 'base64'));
  const head = `${id}.${part('timestamp')}.`;
  return {
    id,
    timestamp,
    isSignedWith: (secret) => {
      if (secret.startsWith(publicPrefix))
        return verifyEd25519(secret, Buffer.concat([Buffer.from(head), body]), of('v1a'));
      const key = standardKey(secret);
      return key !== undefined && isOneOf(of('v1'), hmac('sha256', key, head, body));
    },
  };
};

const github = ({ body, header }: Delivery): Claim | undefined => {
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(header('x-hub-signature-256') ?? '') ?? [];
  if (hex === undefined) return undefined;
  const code = decodeBytes(hex, 'hex');
  return {
    // The id that GitHub sends is not signed, so that a repetition could carry another one.
    id: digestId(body),
    isSignedWith: (secret) => isOneOf([code], hmac('sha256', secret, body)),
  };
};

const stripe = ({ body, header }: Delivery): Claim | undefined => {
  const items = (header('stripe-signature') ?? '').split(',', mostSignatures).map((item) => item.trim().split('=', 2));
  const valuesOf = (name: string): string[] => items.filter(([key]) => key === name).map(([, value]) => value ?? '');
  const [time = ''] = valuesOf('t');
  const timestamp = readSeconds(time);
  if (timestamp === undefined) return undefined;
  const codes = valuesOf('v1').map((value) => decodeBytes(value, 'hex'));
  return {
    id: digestId(`${time}.`, body),
    timestamp,
    isSignedWith: (secret) => isOneOf(codes, hmac('sha256', secret, `${time}.`, body)),
  };
};

const slack = ({ body, header }: Delivery): Claim | undefined => {
  const time = header('x-slack-request-timestamp') ?? '';
  const timestamp = readSeconds(time);
  const [, hex] = /^v0=([0-9a-f]{64})$/i.exec(header('x-slack-signature') ?? '') ?? [];
  if (timestamp === undefined || hex === undefined) return undefined;
  const code = decodeBytes(hex, 'hex');
  return {
    id: digestId(`${time}:`, body),
    timestamp,
    isSignedWith: (secret) => isOneOf([code], hmac('sha256', secret, `v0:${time}:`, body)),
  };
};

const generic = ({ body, header }: Delivery, options: GenericOptions): Claim | undefined => {
  const value = header(options.header.toLowerCase());
  if (value?.startsWith(options.prefix) !== true) return undefined;
  const code = decodeBytes(value.slice(options.prefix.length), options.encoding);
  return {
    id: digestId(body),
    isSignedWith: (secret) => isOneOf([code], hmac(options.algorithm, secret, body)),
  };
};

const readers = { standard, github, stripe, slack, generic };

export const readClaim = (scheme: Scheme, delivery: Delivery, options: GenericOptions): Claim | undefined =>
  readers[scheme](delivery, options);
