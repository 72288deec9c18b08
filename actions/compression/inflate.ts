import { bytes, defineAction } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { formField, giveBytes } from '../support/utf8.ts';
import { codecs, formatField, limitField, unpack } from './codec.ts';

export default defineAction({
  id: 'compression/inflate',
  title: 'Inflate',
  summary: 'Unpacks what compression/deflate packed.',
  documentation: `
The format has to be the one that was packed: raw data have no header that would tell. The limit holds while unpacking,
whatever the data say of their size, so that a few bytes cannot become gigabytes. A text comes out when the bytes are valid
UTF-8, and binary data otherwise; \`as\` asks for one of them.`,
  fields: { data: bytes({ label: 'Data' }), format: formatField, limit: limitField, as: formField },
  output: {},
  failures: {
    'data-invalid': 'The data are damaged or packed in another way, or are to be a text and are none.',
    'too-large': 'More bytes come out than the limit allows.',
  },
  examples: [
    {
      given: { data: new Uint8Array([120, 156, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 58, 46, 6, 125]) },
      gives: 'hello hello hello',
    },
    {
      given: { data: new Uint8Array([203, 72, 205, 201, 201, 87, 200, 64, 144, 0]), format: 'raw' },
      gives: 'hello hello hello',
    },
    {
      given: {
        data: new Uint8Array([
          120, 218, 237, 193, 49, 1, 0, 0, 0, 194, 160, 245, 79, 109, 10, 63, 160, 0, 0, 0, 0, 128, 183, 1, 19, 136, 0,
          1,
        ]),
        limit: 100,
      },
      fails: 'too-large',
    },
    {
      given: { data: new Uint8Array([203, 72, 205, 201, 201, 87, 200, 64, 144, 0]) },
      fails: 'data-invalid',
      note: 'This is raw.',
    },
    { given: { data: null }, fails: 'input-invalid' },
  ],
  run: ({ data, format, limit, as }) =>
    after(unpack(format === 'raw' ? codecs.inflateRaw : codecs.inflate, toBytes(data), limit), (unpacked) =>
      giveBytes(unpacked, as, 'data'),
    ),
});
