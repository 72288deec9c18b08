import { bytes, defineAction } from '../kit/index.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { codecs, formatField, levelField, pack } from './codec.ts';

export default defineAction({
  id: 'compression/deflate',
  title: 'Deflate',
  summary: 'Packs data by the method that gzip and ZIP use, with a smaller header or none.',
  documentation: `
\`zlib\` is what HTTP calls the content encoding deflate; \`raw\` is the method alone. Up to 32 KB are packed at once, more
in another thread while the run waits. At most 10,000,000 bytes are taken.`,
  fields: {
    data: bytes({ label: 'Data', help: 'Binary data, or a text, which stands for its UTF-8 bytes.' }),
    format: formatField,
    level: levelField,
  },
  output: {},
  examples: [
    {
      given: { data: 'hello hello hello' },
      gives: new Uint8Array([120, 156, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 58, 46, 6, 125]),
    },
    {
      given: { data: 'hello hello hello', format: 'raw' },
      gives: new Uint8Array([203, 72, 205, 201, 201, 87, 200, 64, 144, 0]),
    },
    { given: { data: 'hello', format: 'gzip' }, fails: 'input-invalid' },
  ],
  run: ({ data, format, level }) =>
    pack(format === 'raw' ? codecs.deflateRaw : codecs.deflate, toBytes(data), { level }),
});
