import { createPrivateKey, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ActionFailure, isPlainObject, type Plain } from '../../kit/index.ts';
import { decodeJson } from '../../support/json.ts';

export const algorithms = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type Algorithm = (typeof algorithms)[number];

/** A key, and all it may be used for: the token has no say in this. */
export interface Key {
  readonly key: KeyObject;
  readonly algorithms: readonly Algorithm[];
  readonly kid?: string;
}

/** Verifying takes public keys, signing private ones; a shared secret does both. */
export type Use = 'sign' | 'verify';

const refuse = (problem: string): never => {
  throw new ActionFailure('key-invalid', `\`key\` ${problem}`);
};

const curves: { readonly [curve: string]: Algorithm } = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};

/** RFC 7518, 3.2: bytes that a secret must have, those of the hash. */
const secretBytes = { HS256: 32, HS384: 48, HS512: 64 } as const;

const algorithmsOfSecret = (bytes: number): readonly Algorithm[] => {
  const fit = (['HS256', 'HS384', 'HS512'] as const).filter((algorithm) => bytes >= secretBytes[algorithm]);
  return fit.length > 0
    ? fit
    : refuse(`has ${bytes} bytes as a secret; HS256 needs at least 32, HS384 48 and HS512 64: make a longer one`);
};

const algorithmsOf = (key: KeyObject): readonly Algorithm[] => {
  if (key.type === 'secret') return algorithmsOfSecret(key.symmetricKeySize ?? 0);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = key;
  if (type === 'rsa') {
    const bits = details.modulusLength ?? 0;
    // RFC 7518, 3.3 and 3.5; what is larger only costs time.
    if (bits < 2048 || bits > 8192) refuse(`is an RSA key of ${bits} bits; 2048 to 8192 are allowed`);
    return ['RS256', 'PS256', 'RS384', 'RS512', 'PS384', 'PS512'];
  }
  if (type === 'ed25519') return ['EdDSA'];
  const algorithm = type === 'ec' ? curves[details.namedCurve ?? ''] : undefined;
  return algorithm === undefined
    ? refuse('must be an RSA key, an EC key on P-256, P-384 or P-521, or an Ed25519 key; make another one')
    : [algorithm];
};

const openKey = (use: Use, make: () => KeyObject, kind: string, only?: unknown, kid?: unknown): Key => {
  let key: KeyObject;
  try {
    key = make();
  } catch {
    // What OpenSSL says about it could repeat parts of the key.
    return refuse(
      `is no ${kind} that can ${use}${use === 'sign' ? '; signing takes the private key, without a password' : ''}`,
    );
  }
  const all = algorithmsOf(key);
  return {
    key,
    algorithms: only === undefined ? all : all.filter((algorithm) => algorithm === only),
    ...(typeof kid === 'string' && { kid }),
  };
};

/** RFC 7517, 4.2 and 4.3: whether it was made for signatures, as far as it says. */
const isForSignatures = ({ use, key_ops: operations }: Plain): boolean =>
  use !== 'enc' && (!Array.isArray(operations) || operations.includes('sign') || operations.includes('verify'));

const openJwk = (jwk: Plain, use: Use): Key => {
  if (!isForSignatures(jwk)) return refuse('is a JWK that is not for signatures, by its `use` or `key_ops`');
  if (jwk.kty === 'oct') {
    const { k } = jwk;
    if (typeof k !== 'string' || !/^[A-Za-z0-9_-]+$/.test(k))
      return refuse('is a JWK of type oct without a base64url `k`');
    return openKey(use, () => createSecretKey(Buffer.from(k, 'base64url')), 'JWK', jwk.alg, jwk.kid);
  }
  const open = use === 'sign' ? createPrivateKey : createPublicKey;
  return openKey(use, () => open({ key: jwk as JsonWebKey, format: 'jwk' }), 'JWK', jwk.alg, jwk.kid);
};

const mostKeys = 100;

/** Those of a JWK Set (RFC 7517, 5) that can be used; what is of another kind is passed over, as the standard demands. */
export const openKeySet = (set: Plain, use: Use): Key[] => {
  const { keys } = set;
  if (!Array.isArray(keys) || keys.length > mostKeys) {
    return refuse(`must be a JWK Set with an array of at most ${mostKeys} \`keys\``);
  }
  return keys.flatMap((jwk) => {
    if (!isPlainObject(jwk)) return [];
    try {
      return [openJwk(jwk, use)];
    } catch (thrown) {
      if (thrown instanceof ActionFailure) return [];
      throw thrown;
    }
  });
};

/** A shared secret, a PEM text, or a JWK or JWK Set as an object or its JSON. */
export const openKeys = (value: unknown, use: Use): Key[] => {
  if (value instanceof Uint8Array) return [openKey(use, () => createSecretKey(value), 'secret')];
  if (typeof value === 'string') {
    const text = value.trim();
    if (text.startsWith('-----BEGIN ')) {
      const open = use === 'sign' ? createPrivateKey : createPublicKey;
      return [openKey(use, () => open(text), 'PEM key')];
    }
    if (text.startsWith('{')) return openKeys(decodeJson(text, '`key`', 'key-invalid'), use);
    return [openKey(use, () => createSecretKey(Buffer.from(value, 'utf8')), 'secret')];
  }
  if (!isPlainObject(value)) return refuse('must be a secret, a PEM text, a JWK or a JWK Set');
  return Object.hasOwn(value, 'keys') ? openKeySet(value, use) : [openJwk(value, use)];
};
