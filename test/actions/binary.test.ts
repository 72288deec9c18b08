import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionContext, type ActionDefinition, ActionFailure } from '../../actions/kit/index.ts';
import { runAction } from '../support/action-context.ts';

const run = (id: string, given: Record<string, unknown>): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, undefined as unknown as ActionContext);
const codeOf = (id: string, given: Record<string, unknown>): string => {
  try {
    run(id, given);
    return 'none';
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown.code;
    throw thrown;
  }
};

const notations = ['16', '32', '32-hex-extended', '64', '64-url'];

describe.each(notations)('base%s', (notation) => {
  const encode = (data: unknown, rest = {}): string =>
    run(`data/binary/${notation}-encode`, { data, ...rest }) as string;
  const decode = (string: string): unknown => run(`data/binary/${notation}-decode`, { string, as: 'binary' });

  it('gives back what it was given, with and without padding, in either case, and with line breaks', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, padding) => {
        const text = encode(bytes, { padding });
        expect(decode(text)).toStrictEqual(Uint8Array.from(bytes));
        expect(decode(text.replace(/(.{5})/g, '$1\r\n'))).toStrictEqual(Uint8Array.from(bytes));
        if (!notation.startsWith('64')) expect(decode(text.toLowerCase())).toStrictEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('takes a text as its UTF-8 bytes and gives it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const encoded = encode(text);
        expect(run(`data/binary/${notation}-decode`, { string: encoded })).toBe(text);
      }),
    );
  });

  it('reads any text, or says that it is none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (string) => {
        expect(['none', 'data-invalid']).toContain(codeOf(`data/binary/${notation}-decode`, { string }));
      }),
    );
  });

  it('does not wait long for a run of padding', () =>
    expect(codeOf(`data/binary/${notation}-decode`, { string: `${'='.repeat(500_000)}A` })).toBe('data-invalid'));
});

it('base64 is what the runtime writes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (data) => {
      expect(run('data/binary/64-encode', { data })).toBe(Buffer.from(data).toString('base64'));
      expect(run('data/binary/64-url-encode', { data, padding: false })).toBe(Buffer.from(data).toString('base64url'));
      expect(run('data/binary/16-encode', { data, case: 'lower' })).toBe(Buffer.from(data).toString('hex'));
    }),
  );
});

// RFC 4648, section 10.
it.each([
  ['', '', '', '', ''],
  ['f', 'Zg==', 'MY======', 'CO======', '66'],
  ['fo', 'Zm8=', 'MZXQ====', 'CPNG====', '666F'],
  ['foo', 'Zm9v', 'MZXW6===', 'CPNMU===', '666F6F'],
  ['foob', 'Zm9vYg==', 'MZXW6YQ=', 'CPNMUOG=', '666F6F62'],
  ['fooba', 'Zm9vYmE=', 'MZXW6YTB', 'CPNMUOJ1', '666F6F6261'],
  ['foobar', 'Zm9vYmFy', 'MZXW6YTBOI======', 'CPNMUOJ1E8======', '666F6F626172'],
])('%s is written as the RFC says', (data, base64, base32, base32hex, base16) => {
  expect(run('data/binary/64-encode', { data })).toBe(base64);
  expect(run('data/binary/32-encode', { data })).toBe(base32);
  expect(run('data/binary/32-hex-extended-encode', { data })).toBe(base32hex);
  expect(run('data/binary/16-encode', { data })).toBe(base16);
});

describe('numbers in a base', () => {
  it('are read as they were written, without zero bytes at the beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 2, max: 36 }), (bytes, base) => {
        const string = run('data/binary/base-encode', { data: bytes, base });
        const first = bytes.findIndex((byte) => byte !== 0);
        const significant = first < 0 ? [0] : bytes.slice(first);
        expect(run('data/binary/base-decode', { string, base, as: 'binary' })).toStrictEqual(
          Uint8Array.from(significant),
        );
      }),
    );
  });

  it.each([
    ['', 10],
    ['+1', 10],
    ['1 ', 10],
    ['1.5', 10],
    ['0x1', 16],
    ['12_3', 10],
    ['zz', 35],
    ['1'.repeat(40_000), 2],
  ])('%j in base %i are none', (string, base) =>
    expect(codeOf('data/binary/base-decode', { string, base })).toBe('data-invalid'),
  );

  it('are bounded', () =>
    expect(codeOf('data/binary/base-encode', { data: new Uint8Array(4097), base: 10 })).toBe('input-invalid'));
});

it('what does not depend on a kind is the same for a text and its bytes', () => {
  const text = 'Grüße 🌻';
  const bytes = new TextEncoder().encode(text);
  for (const id of ['data/binary/byte-size', 'data/bit-size', 'data/binary/64-encode']) {
    const field = id === 'data/bit-size' ? 'value' : 'data';
    expect(run(id, { [field]: bytes })).toBe(run(id, { [field]: text }));
  }
});

it('a result is no view into memory that others use', () => {
  const decoded = run('data/binary/64-decode', { string: '//79', as: 'binary' }) as Uint8Array;
  expect(decoded.buffer.byteLength).toBe(3);
  const [piece] = run('data/binary-split-by-size', { value: decoded, size: 2 }) as Uint8Array[];
  expect(piece?.buffer.byteLength).toBe(2);
});
