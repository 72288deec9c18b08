import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { ActionContext, ActionDefinition } from '../../actions/kit/index.ts';
import { runAction } from '../support/action-context.ts';

const run = async (id: string, given: Record<string, unknown>): Promise<unknown> =>
  runAction(actionById.get(`compression/${id}`) as ActionDefinition, given, undefined as unknown as ActionContext);

const pairs: [pack: string, unpack: string, options: Record<string, unknown>][] = [
  ['gzip', 'gunzip', {}],
  ['deflate', 'inflate', {}],
  ['deflate', 'inflate', { format: 'raw' }],
  ['brotli-compress', 'brotli-decompress', {}],
];

describe.each(pairs)('%s and %s %o', (pack, unpack, options) => {
  it('give back what they were given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (data) => {
        const packed = await run(pack, { data, ...options });
        expect(await run(unpack, { data: packed, as: 'binary', ...options })).toStrictEqual(Uint8Array.from(data));
      }),
      { numRuns: 30 },
    );
  });

  it('do so for what is packed in another thread, and give plain bytes', async () => {
    const data = new Uint8Array(100_000).map((_, index) => (index * index) % 251);
    const packed = (await run(pack, { data, ...options })) as Uint8Array;
    expect(packed.constructor).toBe(Uint8Array);
    expect(await run(unpack, { data: packed, ...options })).toStrictEqual(data);
    await expect(run(unpack, { data: packed, limit: 99_999, ...options })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('unpack anything, or say that it is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (data) => {
        const result = await run(unpack, { data, ...options }).catch((thrown) => thrown.code);
        expect(result instanceof Uint8Array || typeof result === 'string').toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

it.each([
  ['gunzip', gzipSync(Buffer.alloc(50_000_000))],
  ['brotli-decompress', brotliCompressSync(Buffer.alloc(50_000_000), { params: { 1: 5 } })],
])('%s stops a bomb at the limit', async (id, data) =>
  expect(run(id, { data: Uint8Array.from(data) })).rejects.toMatchObject({ code: 'too-large' }),
);

describe('zip', () => {
  const entries = [
    { name: 'a.txt', content: 'hello' },
    { name: 'folder/ü.bin', content: new Uint8Array([255, 0, 1]) },
    { name: '__proto__', content: '' },
  ];

  it('packs what unzip unpacks, in the same order and whatever the names are', async () => {
    const data = await run('zip', { entries });
    expect(await run('unzip', { data })).toStrictEqual(entries);
  });

  it.each([['../a'], ['/a'], ['a/../../b'], ['C:\\a'], ['..\\a'], [''], ['a/'], ['a\0']])(
    'refuses the name %j',
    async (name) =>
      expect(run('zip', { entries: [{ name, content: '' }] })).rejects.toMatchObject({ code: 'input-invalid' }),
  );

  it('refuses a name that occurs twice', async () =>
    expect(run('zip', { entries: [entries[0], entries[0]] })).rejects.toMatchObject({ code: 'input-invalid' }));
});

interface Made {
  name?: string;
  content?: Buffer;
  method?: number;
  flags?: number;
  /** What the directory says, where it lies. */
  size?: number;
  crc?: number;
  offset?: number;
}

/** A ZIP archive as someone might write it who means no good. */
const archive = (...files: Made[]): Uint8Array => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name = 'a', content = Buffer.alloc(0), method = 0, flags = 0, size, crc = 0, offset } of files) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(size ?? content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset ?? at, 42);
    locals.push(local, Buffer.from(name, 'latin1'), content);
    directory.push(entry, Buffer.from(name, 'latin1'));
    at += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...locals, ...directory, end]));
};

describe('unzip', () => {
  it('reads an empty file, and passes over folders', async () =>
    expect(await run('unzip', { data: archive({ name: 'b/' }, { name: 'b/c' }) })).toEqual([
      { name: 'b/c', content: '' },
    ]));

  const bomb = deflateRawSync(Buffer.alloc(20_000_000));
  it.each<[string, Made, string, string]>([
    ['leads out of the folder', { name: '../a' }, 'data-invalid', 'leads out of the folder'],
    ['leads out by a backslash', { name: 'a\\..\\..\\b' }, 'data-invalid', 'leads out of the folder'],
    ['is absolute', { name: '/etc/passwd' }, 'data-invalid', 'absolute'],
    ['says less than it unpacks to', { content: bomb, method: 8, size: 5 }, 'data-invalid', 'larger than it says'],
    [
      'says more than it unpacks to',
      { content: deflateRawSync('a'), method: 8, size: 5 },
      'data-invalid',
      'wrong size',
    ],
    ['says that it is larger than the limit', { content: bomb, method: 8, size: 20_000_000 }, 'too-large', 'limit'],
    ['has a wrong checksum', { content: Buffer.from('a'), crc: 1 }, 'data-invalid', 'checksum'],
    ['is encrypted', { flags: 1 }, 'data-invalid', 'encrypted'],
    ['is packed in another way', { method: 12 }, 'data-invalid', 'method 12'],
    ['is not where the directory says', { offset: 3 }, 'data-invalid', 'not where'],
    ['lies beyond the end', { offset: 4_000_000_000 }, 'data-invalid', 'beyond the end'],
    ['is of Zip64', { offset: 0xffffffff }, 'data-invalid', 'Zip64'],
  ])('fails where an entry %s', async (_, made, code, message) =>
    expect(run('unzip', { data: archive(made) })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    }),
  );

  const content = Buffer.from('x'.repeat(1000));
  it.each<[string, Made[], string]>([
    ['have the same name', [{ content }, { content }], 'same name'],
    ['are one and the same file', [{ content }, { name: 'b', content, offset: 0 }], 'overlap'],
    // The second lies in the content of the first.
    ['share some bytes', [{ content: Buffer.from(archive({ name: 'b' })) }, { name: 'b', offset: 31 }], 'overlap'],
  ])('fails where two entries %s', async (_, files, message) =>
    expect(run('unzip', { data: archive(...files) })).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining(message),
    }),
  );

  it('reads any damaged archive, or says what is wrong', async () => {
    const data = archive({ name: 'a', content: Buffer.from('abc'), crc: 0x352441c2 }, { name: 'b' });
    expect(await run('unzip', { data })).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(fc.nat(data.length - 1), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
        const damaged = Uint8Array.from(data);
        damaged[at] = byte;
        const result = await run('unzip', { data: damaged }).catch((thrown) => thrown.code);
        expect(Array.isArray(result) || result === 'data-invalid' || result === 'too-large').toBe(true);
      }),
    );
  });
});
