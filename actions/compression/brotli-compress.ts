import { constants } from 'node:zlib';
import { bytes, defineAction, integer, optional } from '../kit/index.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { codecs, pack } from './codec.ts';

export default defineAction({
  id: 'compression/brotli-compress',
  title: 'Brotli compress',
  summary: 'Packs data in the Brotli format.',
  documentation: `
RFC 7932, the content encoding br. It packs text smaller than gzip. The quality 11 takes some hundred times as long as 5. Up
to 32 KB are packed at once, more in another thread while the run waits. At most 10,000,000 bytes are taken.`,
  fields: {
    data: bytes({ label: 'Data', help: 'Binary data, or a text, which stands for its UTF-8 bytes.' }),
    quality: optional(integer({ label: 'Quality', help: '0 is fast, 11 is small.', minimum: 0, maximum: 11 }), 5),
  },
  output: {},
  examples: [
    {
      given: { data: 'hello hello hello' },
      gives: new Uint8Array([27, 16, 0, 0, 36, 64, 106, 16, 100, 234, 240, 156, 30]),
    },
    { given: { data: '' }, gives: new Uint8Array([59]) },
    { given: { data: 'hello', quality: 12 }, fails: 'input-invalid' },
  ],
  run: ({ data, quality }) =>
    pack(codecs.brotli, toBytes(data), { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
});
