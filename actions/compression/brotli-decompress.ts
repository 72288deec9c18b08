import { bytes, defineAction } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { formField, giveBytes } from '../support/utf8.ts';
import { codecs, limitField, unpack } from './codec.ts';

export default defineAction({
  id: 'compression/brotli-decompress',
  title: 'Brotli decompress',
  summary: 'Unpacks data in the Brotli format.',
  documentation: `
RFC 7932. The format has no checksum, so that damage may go unnoticed. The limit holds while unpacking, whatever the data
say of their size, so that a few bytes cannot become gigabytes. A text comes out when the bytes are valid UTF-8, and binary
data otherwise; \`as\` asks for one of them.`,
  fields: { data: bytes({ label: 'Data' }), limit: limitField, as: formField },
  output: {},
  failures: {
    'data-invalid': 'The data are damaged or packed in another way, or are to be a text and are none.',
    'too-large': 'More bytes come out than the limit allows.',
  },
  examples: [
    {
      given: { data: new Uint8Array([27, 16, 0, 0, 36, 64, 106, 16, 100, 234, 240, 156, 30]) },
      gives: 'hello hello hello',
    },
    {
      given: { data: new Uint8Array([27, 135, 19, 248, 39, 0, 226, 177, 64, 32, 104, 1, 0]), limit: 4999 },
      fails: 'too-large',
      note: 'These are 5,000 zeros.',
    },
    { given: { data: 'hello' }, fails: 'data-invalid' },
    {
      given: { data: new Uint8Array([27, 16, 0, 0, 36, 64, 106, 16, 100, 234, 240, 156, 30]), as: 'base64' },
      fails: 'input-invalid',
    },
  ],
  run: ({ data, limit, as }) =>
    after(unpack(codecs.unbrotli, toBytes(data), limit), (unpacked) => giveBytes(unpacked, as, 'data')),
});
