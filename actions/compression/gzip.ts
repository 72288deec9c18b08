import { bytes, defineAction } from '../kit/index.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { codecs, levelField, pack } from './codec.ts';

export default defineAction({
  id: 'compression/gzip',
  title: 'Gzip',
  summary: 'Packs data in the gzip format.',
  keywords: ['compress', 'gz'],
  documentation: `
RFC 1952, as .gz files and the content encoding gzip have it. No file name and no time are written, so that equal data give
equal results in one release of the engine. Up to 32 KB are packed at once, more in another thread while the run waits. At
most 10,000,000 bytes are taken.`,
  fields: {
    data: bytes({ label: 'Data', help: 'Binary data, or a text, which stands for its UTF-8 bytes.' }),
    level: levelField,
  },
  output: {},
  examples: [
    {
      given: { data: 'hello hello hello' },
      gives: new Uint8Array([
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 128, 136, 249, 229, 17, 0, 0, 0,
      ]),
    },
    {
      given: { data: '', level: 1 },
      gives: new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 4, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    },
    { given: { data: 'hello', level: 12 }, fails: 'input-invalid' },
    { given: { data: { a: 1 } }, fails: 'input-invalid', note: 'Make a text of it first, with data/json/encode.' },
  ],
  run: ({ data, level }) => pack(codecs.gzip, toBytes(data), { level }),
});
