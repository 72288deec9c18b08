import { ActionFailure, bytes, defineAction, rows, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { library } from '../support/library.ts';
import { levelField } from './codec.ts';
import { faultOfName, shownName } from './entry-name.ts';

const fflate = library<typeof import('fflate')>('fflate');

const mostEntries = 10_000;

const join = (chunks: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
};

const write = (entries: readonly { name: string; content: Uint8Array }[], level: number): Uint8Array => {
  const { Zip, ZipDeflate } = fflate();
  const chunks: Uint8Array[] = [];
  const archive = new Zip((_, chunk) => {
    chunks.push(chunk);
  });
  for (const { name, content } of entries) {
    const file = new ZipDeflate(name, { level: level as 6 });
    // The first day that the format knows, in whatever zone this machine is.
    file.mtime = new Date(1980, 0, 1);
    archive.add(file);
    file.push(content, true);
  }
  archive.end();
  return join(chunks);
};

export default defineAction({
  id: 'compression/zip',
  title: 'Zip',
  summary: 'Packs texts and binary data into a ZIP archive.',
  keywords: ['compress'],
  documentation: `
Names are paths with \`/\` between their parts; one that is absolute, has \`..\` in it or occurs twice fails. All entries
have the date 1980-01-01, so that equal entries give equal archives in one release of the engine. There is no encryption. At
most 10,000 entries and 10,000,000 bytes are packed, all at once.`,
  fields: {
    entries: rows(
      {
        name: string({ label: 'Name' }),
        content: bytes({ label: 'Content', help: 'Binary data, or a text, which stands for its UTF-8 bytes.' }),
      },
      { label: 'Entries' },
    ),
    level: levelField,
  },
  output: {},
  examples: [
    {
      given: { entries: [] },
      gives: new Uint8Array([80, 75, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    },
    {
      given: { entries: [{ name: 'a.txt', content: 'hello' }] },
      gives: new Uint8Array([
        80, 75, 3, 4, 20, 0, 8, 0, 8, 0, 0, 0, 33, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 97, 46, 116, 120,
        116, 203, 72, 205, 201, 201, 7, 0, 80, 75, 7, 8, 134, 166, 16, 54, 7, 0, 0, 0, 5, 0, 0, 0, 80, 75, 1, 2, 20, 0,
        20, 0, 8, 0, 8, 0, 0, 0, 33, 0, 134, 166, 16, 54, 7, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 97, 46, 116, 120, 116, 80, 75, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 51, 0, 0, 0, 58, 0, 0, 0, 0, 0,
      ]),
    },
    { given: { entries: [{ name: '../a.txt', content: 'hello' }] }, fails: 'input-invalid' },
    { given: { entries: [{ name: 'a.txt', content: { a: 1 } }] }, fails: 'input-invalid' },
    { given: { entries: 'a.txt' }, fails: 'input-invalid' },
  ],
  run: ({ entries, level }) => {
    if (entries.length > mostEntries) {
      throw new ActionFailure('input-invalid', `\`entries\` has ${entries.length} entries of at most ${mostEntries}`);
    }
    const names = new Set<string>();
    let size = 0;
    const files = entries.map(({ name, content }, index) => {
      const fault = names.has(name) ? 'occurs twice' : name.endsWith('/') ? 'is a folder' : faultOfName(name);
      if (fault !== undefined) {
        throw new ActionFailure('input-invalid', `\`entries[${index}].name\`, ${shownName(name)}, ${fault}`);
      }
      names.add(name);
      const data = toBytes(content);
      size += data.length;
      checkTotal(size, 'entries', 'bytes');
      return { name, content: data };
    });
    return write(files, level);
  },
});
