import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plain } from '../../actions/kit/index.ts';
import aesGcmDecrypt from '../../actions/security/aes-gcm-decrypt.ts';
import aesGcmEncrypt from '../../actions/security/aes-gcm-encrypt.ts';
import authEncodeBasic from '../../actions/security/auth-encode-basic.ts';
import authEncodeDigest from '../../actions/security/auth-encode-digest.ts';
import authorizationDecode from '../../actions/security/authorization-decode.ts';
import { cipherNames, ciphers, isSealing } from '../../actions/security/ciphers.ts';
import decrypt from '../../actions/security/decrypt.ts';
import { digestOf, digests, hmacOf } from '../../actions/security/digest.ts';
import encrypt from '../../actions/security/encrypt.ts';
import hash from '../../actions/security/hash.ts';
import mac from '../../actions/security/mac.ts';
import passwordHash from '../../actions/security/password-hash.ts';
import passwordVerify from '../../actions/security/password-verify.ts';
import { openRc2 } from '../../actions/security/rc2.ts';
import { failure, run } from '../support/still-world.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

const nist = '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51';
const aesKeys = {
  128: '2b7e151628aed2a6abf7158809cf4f3c',
  192: '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b',
  256: '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
} as const;
const counted = '000102030405060708090a0b0c0d0e0f';

/** NIST SP 800-38A, appendix F: the first two blocks, or the first 18 bytes. */
const aes = (bits: keyof typeof aesKeys, mode: string, expected: string): string[] => [
  `aes_${bits}_${mode}`,
  aesKeys[bits],
  mode === 'ecb' ? '' : mode === 'ctr' ? 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff' : counted,
  nist.slice(0, expected.length),
  expected,
];

const schneier = '0123456789abcdeff0e1d2c3b4a59687';
const sentence = '37363534333231204e6f77206973207468652074696d6520666f722000';

describe('ciphers give what their standards show', () => {
  it.each([
    aes(128, 'ecb', '3ad77bb40d7a3660a89ecaf32466ef97'),
    aes(192, 'ecb', 'bd334f1d6e45f25ff712a214571fa5cc'),
    aes(256, 'ecb', 'f3eed1bdb5d2a03c064b5a7e3db181f8'),
    aes(128, 'cbc', '7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2'),
    aes(192, 'cbc', '4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a'),
    aes(256, 'cbc', 'f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d'),
    aes(128, 'cfb8', '3b79424c9c0dd436bace9e0ed4586a4f32b9'),
    aes(192, 'cfb8', 'cda2521ef0a905ca44cd057cbf0d47a0678a'),
    aes(256, 'cfb8', 'dc1f1a8520a64db55fcc8ac554844e889700'),
    aes(128, 'cfb128', '3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b'),
    aes(192, 'cfb128', 'cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a'),
    aes(256, 'cfb128', 'dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b'),
    aes(128, 'ofb', '3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825'),
    aes(192, 'ofb', 'cdc80d6fddf18cab34c25909c99a4174fcc28b8d4c63837c09e81700c1100401'),
    aes(256, 'ofb', 'dc7e84bfda79164b7ecd8486985d38604febdc6740d20b3ac88f6ad82a4fb08d'),
    aes(128, 'ctr', '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff'),
    aes(192, 'ctr', '1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e94'),
    aes(256, 'ctr', '601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5'),
    // The examples of the GCM specification, ciphertext and tag.
    [
      'aes_128_gcm',
      '00'.repeat(16),
      '00'.repeat(12),
      '00'.repeat(16),
      '0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf',
    ],
    [
      'aes_192_gcm',
      '00'.repeat(24),
      '00'.repeat(12),
      '00'.repeat(16),
      '98e7247c07f0fe411c267e4384b0f6002ff58d80033927ab8ef4d4587514f0fb',
    ],
    [
      'aes_256_gcm',
      '00'.repeat(32),
      '00'.repeat(12),
      '00'.repeat(16),
      'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
    ],
    // FIPS 46-3 as worked through by Grabbe, and FIPS 81.
    ['des_ecb', '133457799bbcdff1', '', '0123456789abcdef', '85e813540f0ab405'],
    [
      'des_cbc',
      '0123456789abcdef',
      '1234567890abcdef',
      '4e6f77206973207468652074696d6520666f7220616c6c20',
      'e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6',
    ],
    ['des_cfb', '0123456789abcdef', '1234567890abcdef', '4e6f7720697320746865', 'f31fda07011462ee187f'],
    // SP 800-67; a block of CBC with a vector of zeros is one of ECB.
    [
      'des_ede3_cbc',
      '0123456789abcdef23456789abcdef01456789abcdef0123',
      '00'.repeat(8),
      '5468652071756663',
      'a826fd8ce53b855f',
    ],
    // Three equal keys are single DES.
    ['des_ede3_cfb', '0123456789abcdef'.repeat(3), '1234567890abcdef', '4e6f7720697320746865', 'f31fda07011462ee187f'],
    // Schneier's own.
    ['blowfish_ecb', '00'.repeat(8), '', '00'.repeat(8), '4ef997456198dd78'],
    ['blowfish_ecb', 'ff'.repeat(8), '', 'ff'.repeat(8), '51866fd5b85ecb8a'],
    [
      'blowfish_cbc',
      schneier,
      'fedcba9876543210',
      `${sentence}000000`,
      '6b77b4d63006dee605b156e27403979358deb9e7154616d959f1652bd5ff92cc',
    ],
    [
      'blowfish_cfb64',
      schneier,
      'fedcba9876543210',
      sentence,
      'e73214a2822139caf26ecf6d2eb9e76e3da3de04d1517200519d57a6c3',
    ],
    [
      'blowfish_ofb64',
      schneier,
      'fedcba9876543210',
      sentence,
      'e73214a2822139ca62b343cc5b65587310dd908d0c241b2263c2cf80da',
    ],
    // RFC 2268.
    ['rc2_cbc', '88bca90e90875a7f0f79c384627bafb2', '00'.repeat(8), '00'.repeat(8), '2269552ab0f85ca6'],
    // RFC 6229.
    ['rc4', '0102030405', '', '00'.repeat(32), 'b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919'],
    ['rc4', '0102030405060708090a0b0c0d0e0f10', '', '00'.repeat(16), '9ac7cc9a609d1ef7b2932899cde41b97'],
    // RFC 8439, 2.4.2.
    [
      'chacha20',
      '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
      '01000000000000000000004a00000000',
      Buffer.from('Ladies and Gentl').toString('hex'),
      '6e2e359a2568f98041ba0728dd0d6981',
    ],
  ])('%s %#', (cipher, key, vector, data, expected) => {
    const settings = { cipher, 'handle data': 'strict', key: hex(key as string), vector: hex(vector as string) };
    expect(run(encrypt, { ...settings, data: hex(data as string) })).toBe((expected as string).toUpperCase());
    expect(run(decrypt, { ...settings, data: expected, as: 'binary' })).toEqual(hex(data as string));
  });

  it('aes_128_ccm, as in SP 800-38C, example 1', () => {
    const settings = {
      cipher: 'aes_128_ccm',
      'handle data': 'strict',
      key: hex('404142434445464748494a4b4c4d4e4f'),
      vector: hex('10111213141516'),
      aad: hex('0001020304050607'),
      'tag length': 4,
    };
    expect(run(encrypt, { ...settings, data: hex('20212223') })).toBe('7162015B4DAC255D');
    expect(run(decrypt, { ...settings, data: '7162015B', tag: '4DAC255D', as: 'binary' })).toEqual(hex('20212223'));
  });

  it('chacha20_poly1305, as in RFC 8439, 2.8.2', () => {
    const data =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    const settings = {
      cipher: 'chacha20_poly1305',
      'handle data': 'strict',
      key: hex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f'),
      vector: hex('070000004041424344454647'),
      aad: hex('50515253c0c1c2c3c4c5c6c7'),
    };
    const sealed = run<string>(encrypt, { ...settings, data });
    expect(sealed.slice(0, 32)).toBe('D31A8D34648E60DB7B86AFBC53EF7EC2');
    expect(sealed.slice(-32)).toBe('1AE10B594F09E26A7E902ECBD0600691');
    expect(run(decrypt, { ...settings, data: sealed })).toBe(data);
  });

  it.each([
    ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
    ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
    ['88', 64, '0000000000000000', '61a8a244adacccf0'],
    ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
    ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
    ['88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e', 129, '0000000000000000', '5b78d3a43dfff1f1'],
  ])('RC2 with the key %s and %i bits, as in RFC 2268', (key, bits, data, expected) => {
    const block = hex(data);
    const cipher = openRc2(hex(key), bits);
    cipher.encrypt(block, 0);
    expect(block).toEqual(hex(expected));
    cipher.decrypt(block, 0);
    expect(block).toEqual(hex(data));
  });

  it.each(cipherNames)('%s gives back what it got, padded, through keys that do not fit', (cipher) => {
    const settings = { cipher, key: 'a key', 'handle key': 'truncate', vector: 'and', 'handle vector': 'truncate' };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const data = Uint8Array.from(bytes);
        const sealed = run<string>(encrypt, { ...settings, data });
        expect(run(decrypt, { ...settings, data: sealed, as: 'binary' })).toEqual(data);
        expect(run(decrypt, { ...settings, data: sealed.toLowerCase(), as: 'binary' })).toEqual(data);
      }),
      { numRuns: 20 },
    );
  });

  it.each(cipherNames.filter((name) => isSealing(ciphers[name])))('%s notices every changed byte', async (cipher) => {
    const settings = { cipher, key: '', 'handle key': 'truncate', 'handle vector': 'truncate', aad: 'to Ann' };
    const sealed = hex(run<string>(encrypt, { ...settings, data: 'attack at dawn' }));
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = sealed.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(await failure(decrypt, { ...settings, data: changed })).toBe('decryption-failed');
    }
    expect(await failure(decrypt, { ...settings, aad: 'to Bob', data: sealed })).toBe('decryption-failed');
    expect(await failure(decrypt, { ...settings, data: sealed.subarray(0, 10) })).toBe('decryption-failed');
  });

  it('refuses a CCM vector that leaves no room to count the data', async () => {
    const settings = { cipher: 'aes_128_ccm', key: new Uint8Array(16), vector: new Uint8Array(13) };
    expect(await failure(encrypt, { ...settings, data: new Uint8Array(65_535), 'handle data': 'strict' })).toBe('none');
    expect(await failure(encrypt, { ...settings, data: new Uint8Array(65_536), 'handle data': 'strict' })).toBe(
      'too-large',
    );
  });

  it.each([
    [encrypt, { cipher: 'rc4', data: new Uint8Array(1_000_001), key: 'k' }],
    [decrypt, { cipher: 'blowfish_ecb', data: new Uint8Array(1_000_008), key: 'secret' }],
    [mac, { algorithm: 'rc2_cbc', data: new Uint8Array(1_000_001), key: '0123456789abcdef' }],
    [encrypt, { cipher: 'aes_128_ecb', data: new Uint8Array(5_000_001), key: '0123456789abcdef' }],
    [aesGcmEncrypt, { data: new Uint8Array(7_500_000), key: new Uint8Array(16) }],
  ])('takes no more than it can in one go %#', async (action, given) =>
    expect(await failure(action, given)).toBe('too-large'),
  );

  it('never shows a key', async () => {
    const given = { cipher: 'aes_128_cbc', data: '', key: 'hunter2', vector: '' };
    expect(() => run(encrypt, given)).toThrow('`key` must have 16 bytes for this algorithm, found 7');
    expect(() => run(encrypt, given)).not.toThrow('hunter2');
  });
});

describe('hashes and codes give what their standards show', () => {
  it.each([
    ['sha', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha224', '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
    ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['sha384', 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7'],
    [
      'sha512',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
    ['sha3_224', 'e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf'],
    ['sha3_256', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
    ['sha3_384', 'ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25'],
    [
      'sha3_512',
      'b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0',
    ],
    [
      'blake2b',
      'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
    ],
    ['blake2s', '508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982'],
    ['ripemd160', '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc'],
    ['md4', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['md5', '900150983cd24fb0d6963f7d28e17f72'],
  ])('%s of "abc"', (algorithm, expected) =>
    expect(run(hash, { algorithm, data: 'abc' })).toBe(expected.toUpperCase()),
  );

  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('MD4 of "%s", as in RFC 1320', (data, expected) =>
    expect(run(hash, { algorithm: 'md4', data, encoding: 'hex' })).toBe(expected),
  );

  it.each(digests)('HMAC with %s is that of RFC 2104, for keys on both sides of the block', (digest) => {
    const block = digest.startsWith('sha3_')
      ? { sha3_224: 144, sha3_256: 136, sha3_384: 104, sha3_512: 72 }[digest as 'sha3_224']
      : ['sha384', 'sha512', 'blake2b'].includes(digest)
        ? 128
        : 64;
    for (const length of [0, 4, block, block + 1, 300]) {
      const key = new Uint8Array(length).fill(7);
      const filled = new Uint8Array(block);
      filled.set(length > block ? digestOf(digest, key) : key);
      const inner = digestOf(
        digest,
        filled.map((byte) => byte ^ 0x36),
        ascii('data'),
      );
      const outer = digestOf(
        digest,
        filled.map((byte) => byte ^ 0x5c),
        inner,
      );
      expect(Uint8Array.from(hmacOf(digest, key, ascii('data')))).toEqual(Uint8Array.from(outer));
    }
  });

  it.each([
    ['aes_128_cbc', aesKeys[128], '', 'bb1d6929e95937287fa37d129b756746'],
    ['aes_128_cbc', aesKeys[128], nist.slice(0, 32), '070a16b46b4d4144f79bdd9dd04a287c'],
    ['aes_128_cbc', aesKeys[128], `${nist}30c81c46a35ce411`, 'dfa66747de9ae63030ca32611497c827'],
    ['aes_192_cbc', aesKeys[192], '', 'd17ddf46adaacde531cac483de7a9367'],
    ['aes_256_cbc', aesKeys[256], '', '028962f61b7bf89efc6b551f4667d983'],
    ['des_ede3_cbc', '8aa83bf8cbda10620bc1bf19fbb6cd58bc313d4a371ca8b5', '', 'b7a688e122ffaf95'],
    ['des_ede3_cbc', '8aa83bf8cbda10620bc1bf19fbb6cd58bc313d4a371ca8b5', nist.slice(0, 16), '8e8f293136283797'],
    [
      'poly1305',
      '85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b',
      Buffer.from('Cryptographic Forum Research Group').toString('hex'),
      'a8061dc1305136c6c22b8baf0c0127a9',
    ],
  ])('%s %#', (algorithm, key, data, expected) => {
    expect(run(mac, { algorithm, key: hex(key), data: hex(data) })).toBe(expected.toUpperCase());
    expect(run(mac, { algorithm, key: hex(key), data: hex(data), 'mac length': 3 })).toBe(
      expected.slice(0, 6).toUpperCase(),
    );
  });
});

describe('AES-GCM and passwords', () => {
  it('gives back what it sealed, each time in another form', () => {
    fc.assert(
      fc.property(fc.constantFrom(16, 24, 32), fc.string(), fc.string(), (size, data, aad) => {
        const key = new Uint8Array(randomBytes(size));
        const [first, second] = [run(aesGcmEncrypt, { key, data, aad }), run(aesGcmEncrypt, { key, data, aad })];
        expect(first).not.toBe(second);
        // Lone halves of a surrogate pair have no UTF-8 form.
        expect(run(aesGcmDecrypt, { key, data: second, aad })).toBe(Buffer.from(data).toString());
      }),
    );
  });

  it('verifies what it hashed, and nothing else', async () => {
    const stored = await run<Promise<string>>(passwordHash, { password: 'Grüße' });
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await run(passwordHash, { password: 'Grüße' })).not.toBe(stored);
    expect(await run(passwordVerify, { password: 'Grüße', hash: stored })).toBe(true);
    expect(await run(passwordVerify, { password: 'Grusse', hash: stored })).toBe(false);
    expect(await run(passwordVerify, { password: 'x'.repeat(2000), hash: stored })).toBe(false);
  });

  it.each([
    '$argon2id$v=19$m=65537,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$dRzY82fgceWJKqstlAB6sn56dYrekptRpYPqbR1lZQg',
    '$argon2id$v=19$m=19456,t=999,p=1$AAAAAAAAAAAAAAAAAAAAAA$dRzY82fgceWJKqstlAB6sn56dYrekptRpYPqbR1lZQg',
    '$argon2id$v=19$m=19456,t=2,p=99$AAAAAAAAAAAAAAAAAAAAAA$dRzY82fgceWJKqstlAB6sn56dYrekptRpYPqbR1lZQg',
    '$argon2id$v=19$m=19456,t=2,p=1,keyid=x$AAAAAAAAAAAAAAAAAAAAAA$dRzY82fgceWJKqstlAB6sn56dYrekptRpYPqbR1lZQg',
    '$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW',
    '$argon2id$'.padEnd(100_000, '$'),
  ])('refuses to compute %.60s', async (stored) => {
    expect(await failure(passwordVerify, { password: 'x', hash: stored })).toBe('data-invalid');
  });
});

describe('Authorization headers', () => {
  it('reads every user and password that it writes', () => {
    const clean = fc.string().filter((text) => !/\p{Cc}/u.test(text) && Buffer.from(text).toString() === text);
    fc.assert(
      fc.property(clean, clean, (user, password) => {
        const username = user.replaceAll(':', '');
        const authorization = run(authEncodeBasic, { username, password });
        expect(run(authorizationDecode, { authorization })).toEqual({ type: 'basic', username, password });
      }),
    );
  });

  it('reads every parameter that it writes', () => {
    const quoted = fc.string().filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(
        fc.record({ realm: quoted, nonce: quoted, __proto__: fc.constant(null) }),
        quoted,
        (given, cnonce) => {
          const parameters = { ...given, cnonce, constructor: 'x' };
          const authorization = run(authEncodeDigest, { type: 'Digest', parameters });
          expect(run(authorizationDecode, { authorization })).toEqual({ ...parameters, type: 'digest' });
        },
      ),
    );
  });

  it('keeps __proto__ as a plain own key', () => {
    const read = run<Plain>(authorizationDecode, { authorization: 'Digest __proto__="x", realm="y"' });
    expect(Object.keys(read).sort()).toEqual(['__proto__', 'realm', 'type']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it.each([
    'Basic',
    'Basic !!!!',
    'Digest realm="a", realm="b"',
    'Digest realm="a',
    'Digest realm',
    `Digest ${'a=" '.repeat(4000)}`,
    `Digest a=${' '.repeat(16_000)}"`,
    `Bearer ${'a'.repeat(20_000)}`,
    'Bearer a b',
  ])('refuses %.40s', async (authorization) => {
    expect(await failure(authorizationDecode, { authorization })).toBe('data-invalid');
  });

  it('reads old clients that send Latin-1', () => {
    const authorization = `Basic ${Buffer.from('müller:x', 'latin1').toString('base64')}`;
    expect(run(authorizationDecode, { authorization })).toMatchObject({ username: 'müller' });
  });
});
