import { type CipherGCMTypes, createCipheriv, createDecipheriv } from 'node:crypto';
import { type Mode, openBlowfish, rc4, transform } from './blocks.ts';
import { type BlockCipher, openRc2 } from './rc2.ts';

/** Encrypts or decrypts without padding: for a block mode the data fills whole blocks. */
type Run = (key: Uint8Array, vector: Uint8Array, data: Uint8Array, encrypt: boolean) => Uint8Array;

interface Sizes {
  /** The usual size, which `truncate` makes of any, and all that `strict` takes. */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

interface Common {
  readonly key: Sizes;
  /** Of 0 bytes when the cipher takes none. */
  readonly vector: Sizes;
  /** To how many bytes padding fills up: 1 for what works byte by byte. */
  readonly block: number;
}
export interface PlainCipher extends Common {
  readonly run: Run;
  /** Computed here and not by OpenSSL, at a few megabytes a second. */
  readonly slow: boolean;
}
/** Authenticated: what is sealed carries a tag. */
export interface SealingCipher extends Common {
  readonly openssl: string;
  readonly tags: readonly number[];
}
export type Cipher = PlainCipher | SealingCipher;

const exactly = (usual: number): Sizes => ({ usual, least: usual, most: usual });

const native = (openssl: string, key: number, vector: number, block: number): PlainCipher => ({
  key: exactly(key),
  vector: exactly(vector),
  block,
  slow: false,
  run: (keyBytes, vectorBytes, data, encrypt) => runNative(openssl, keyBytes, vectorBytes, data, encrypt),
});

const runNative = (
  openssl: string,
  key: Uint8Array,
  vector: Uint8Array,
  data: Uint8Array,
  encrypt: boolean,
): Uint8Array => {
  const cipher = (encrypt ? createCipheriv : createDecipheriv)(openssl, key, vector.length === 0 ? null : vector);
  cipher.setAutoPadding(false);
  const first = cipher.update(data);
  const last = cipher.final();
  return last.length === 0 ? first : Buffer.concat([first, last]);
};

/** Single DES is triple DES with three equal keys, which OpenSSL 3 still has. */
const des = (openssl: string, vector: number, block: number): PlainCipher => ({
  ...native(openssl, 8, vector, block),
  run: (key, iv, data, encrypt) => runNative(openssl, Buffer.concat([key, key, key]), iv, data, encrypt),
});

const own = (open: (key: Uint8Array) => BlockCipher, mode: Mode, key: Sizes): PlainCipher => ({
  key,
  vector: exactly(mode === 'ecb' ? 0 : 8),
  block: mode === 'ecb' || mode === 'cbc' ? 8 : 1,
  slow: true,
  run: (keyBytes, vector, data, encrypt) => transform(mode, open(keyBytes), vector, data, encrypt),
});

const sealing = (openssl: string, key: number, vector: Sizes, tags: readonly number[]): SealingCipher => ({
  key: exactly(key),
  vector,
  block: 1,
  openssl,
  tags,
});

const blowfish = (mode: Mode): PlainCipher => own(openBlowfish, mode, { usual: 16, least: 4, most: 56 });
const gcm = (bits: number): SealingCipher =>
  sealing(`aes-${bits}-gcm`, bits / 8, { usual: 12, least: 1, most: 128 }, [16, 15, 14, 13, 12, 8, 4]);
const ccm = (bits: number): SealingCipher =>
  sealing(`aes-${bits}-ccm`, bits / 8, { usual: 12, least: 7, most: 13 }, [16, 14, 12, 10, 8, 6, 4]);

const aes = <const B extends 128 | 192 | 256>(bits: B) =>
  ({
    [`aes_${bits}_ecb`]: native(`aes-${bits}-ecb`, bits / 8, 0, 16),
    [`aes_${bits}_cbc`]: native(`aes-${bits}-cbc`, bits / 8, 16, 16),
    [`aes_${bits}_cfb8`]: native(`aes-${bits}-cfb8`, bits / 8, 16, 1),
    [`aes_${bits}_cfb128`]: native(`aes-${bits}-cfb`, bits / 8, 16, 1),
    [`aes_${bits}_ofb`]: native(`aes-${bits}-ofb`, bits / 8, 16, 1),
    [`aes_${bits}_ctr`]: native(`aes-${bits}-ctr`, bits / 8, 16, 1),
    [`aes_${bits}_gcm`]: gcm(bits),
    [`aes_${bits}_ccm`]: ccm(bits),
  }) as { [mode in 'ecb' | 'cbc' | 'cfb8' | 'cfb128' | 'ofb' | 'ctr' as `aes_${B}_${mode}`]: PlainCipher } & {
    [mode in 'gcm' | 'ccm' as `aes_${B}_${mode}`]: SealingCipher;
  };

/** By the names of Erlang's crypto module, and with its sizes. */
export const ciphers = {
  ...aes(128),
  ...aes(192),
  ...aes(256),
  chacha20: native('chacha20', 32, 16, 1),
  chacha20_poly1305: sealing('chacha20-poly1305', 32, exactly(12), [16]),
  des_ede3_cbc: native('des-ede3-cbc', 24, 8, 8),
  des_ede3_cfb: native('des-ede3-cfb8', 24, 8, 1),
  des_ecb: des('des-ede3-ecb', 0, 8),
  des_cbc: des('des-ede3-cbc', 8, 8),
  des_cfb: des('des-ede3-cfb8', 8, 1),
  blowfish_ecb: blowfish('ecb'),
  blowfish_cbc: blowfish('cbc'),
  blowfish_cfb64: blowfish('cfb'),
  blowfish_ofb64: blowfish('ofb'),
  rc2_cbc: own(openRc2, 'cbc', exactly(16)),
  rc4: {
    key: { usual: 16, least: 1, most: 256 },
    vector: exactly(0),
    block: 1,
    slow: true,
    run: (key, _vector, data) => rc4(key, data),
  } satisfies PlainCipher,
};
export type CipherName = keyof typeof ciphers;
export const cipherNames = Object.keys(ciphers) as CipherName[];

export const isSealing = (cipher: Cipher): cipher is SealingCipher => 'openssl' in cipher;

interface Sealed {
  data: Uint8Array;
  tag: Uint8Array;
}

// Node's types know each of these modes by a different pair of functions; the calls are the same.
const typed = (cipher: SealingCipher): CipherGCMTypes => cipher.openssl as CipherGCMTypes;

export const seal = (
  cipher: SealingCipher,
  key: Uint8Array,
  vector: Uint8Array,
  data: Uint8Array,
  aad: Uint8Array,
  tagLength: number,
): Sealed => {
  const sealer = createCipheriv(typed(cipher), key, vector, { authTagLength: tagLength });
  sealer.setAAD(aad, { plaintextLength: data.length });
  const sealed = Buffer.concat([sealer.update(data), sealer.final()]);
  return { data: sealed, tag: sealer.getAuthTag() };
};

/** Undefined when the tag does not belong to what is given. */
export const unseal = (
  cipher: SealingCipher,
  key: Uint8Array,
  vector: Uint8Array,
  { data, tag }: Sealed,
  aad: Uint8Array,
): Uint8Array | undefined => {
  const opener = createDecipheriv(typed(cipher), key, vector, { authTagLength: tag.length });
  opener.setAuthTag(tag);
  opener.setAAD(aad, { plaintextLength: data.length });
  try {
    return Buffer.concat([opener.update(data), opener.final()]);
  } catch {
    return undefined;
  }
};
