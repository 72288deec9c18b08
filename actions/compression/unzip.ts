import { crc32, inflateRawSync } from 'node:zlib';
import { bytes, defineAction } from '../kit/index.ts';
import { formField, giveBytes } from '../support/utf8.ts';
import { type Entry, fail, readEntries } from './archive.ts';
import { limitField, tooLarge } from './codec.ts';

const mostEntries = 10_000;

const contentOf = ({ packed, stored, size, crc }: Entry): Uint8Array => {
  let content: Uint8Array;
  try {
    // Never more than was declared, and what was declared is within the limit.
    content = stored ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return fail('is a damaged ZIP archive: an entry cannot be unpacked, or is larger than it says');
  }
  if (content.length !== size || crc32(content) !== crc)
    fail('is a damaged ZIP archive: an entry has a wrong size or checksum');
  // No view into the archive or a pool.
  return Uint8Array.from(content);
};

export default defineAction({
  id: 'compression/unzip',
  title: 'Unzip',
  summary: 'Unpacks the files of a ZIP archive.',
  keywords: ['decompress', 'extract'],
  documentation: `
Gives \`[{name, content}]\` in the order of the archive's directory, without folders. The limit is for all files together
and holds whatever the archive says of their sizes; checksums are checked. A name that is absolute or has \`..\` in it
fails, so that no file can be written outside of the folder it is meant for; so do names that occur twice, and files that
share bytes. Encryption, Zip64 and methods other than
deflate are not supported. At most 10,000 entries are read. A content that is valid UTF-8 comes as text, any other as binary
data; \`as\` asks for one of them.`,
  fields: { data: bytes({ label: 'Data' }), limit: limitField, as: formField },
  output: {
    type: 'array',
    items: { type: 'object', properties: { name: { type: 'string' }, content: {} }, required: ['name', 'content'] },
  },
  failures: {
    'data-invalid':
      'The data are no ZIP archive, are damaged, have a name that leads elsewhere or twice, or are to be texts and are none.',
    'too-large': 'The files together have more bytes than the limit allows.',
  },
  examples: [
    {
      given: {
        data: new Uint8Array([
          80, 75, 3, 4, 20, 0, 8, 0, 8, 0, 0, 0, 33, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 97, 46, 116,
          120, 116, 203, 72, 205, 201, 201, 7, 0, 80, 75, 7, 8, 134, 166, 16, 54, 7, 0, 0, 0, 5, 0, 0, 0, 80, 75, 1, 2,
          20, 0, 20, 0, 8, 0, 8, 0, 0, 0, 33, 0, 134, 166, 16, 54, 7, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0,
          0, 0, 0, 0, 0, 0, 0, 0, 97, 46, 116, 120, 116, 80, 75, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 51, 0, 0, 0, 58, 0, 0, 0,
          0, 0,
        ]),
      },
      gives: [{ name: 'a.txt', content: 'hello' }],
    },
    {
      given: {
        data: new Uint8Array([
          80, 75, 3, 4, 20, 0, 8, 0, 8, 0, 0, 0, 33, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 97, 46, 116,
          120, 116, 203, 72, 205, 201, 201, 7, 0, 80, 75, 7, 8, 134, 166, 16, 54, 7, 0, 0, 0, 5, 0, 0, 0, 80, 75, 1, 2,
          20, 0, 20, 0, 8, 0, 8, 0, 0, 0, 33, 0, 134, 166, 16, 54, 7, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0,
          0, 0, 0, 0, 0, 0, 0, 0, 97, 46, 116, 120, 116, 80, 75, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 51, 0, 0, 0, 58, 0, 0, 0,
          0, 0,
        ]),
        limit: 4,
      },
      fails: 'too-large',
    },
    { given: { data: 'hello' }, fails: 'data-invalid' },
    { given: { data: 7 }, fails: 'input-invalid' },
  ],
  run: ({ data, limit, as }) => {
    const entries = readEntries(typeof data === 'string' ? new TextEncoder().encode(data) : data, mostEntries);
    let left = limit;
    for (const { size } of entries) {
      left -= size;
      if (left < 0) tooLarge(limit);
    }
    return entries.map((entry) => ({ name: entry.name, content: giveBytes(contentOf(entry), as, 'data') }));
  },
});
