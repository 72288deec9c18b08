import { bytes, defineAction } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { formField, giveBytes } from '../support/utf8.ts';
import { codecs, limitField, unpack } from './codec.ts';

export default defineAction({
  id: 'compression/gunzip',
  title: 'Gunzip',
  summary: 'Unpacks data in the gzip format.',
  keywords: ['decompress', 'extract', 'gz'],
  documentation: `
RFC 1952. Several members after one another give one result; the checksum is checked. The limit holds while unpacking,
whatever the data say of their size, so that a few bytes cannot become gigabytes. A text comes out when the bytes are valid
UTF-8, and binary data otherwise; \`as\` asks for one of them.`,
  fields: { data: bytes({ label: 'Data' }), limit: limitField, as: formField },
  output: {},
  failures: {
    'data-invalid': 'The data are damaged or packed in another way, or are to be a text and are none.',
    'too-large': 'More bytes come out than the limit allows.',
  },
  examples: [
    {
      given: {
        data: new Uint8Array([
          31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 128, 136, 249, 229, 17, 0, 0, 0,
        ]),
      },
      gives: 'hello hello hello',
    },
    {
      given: {
        data: new Uint8Array([
          31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 128, 136, 249, 229, 17, 0, 0, 0,
        ]),
        as: 'binary',
      },
      gives: new TextEncoder().encode('hello hello hello'),
    },
    {
      given: {
        data: new Uint8Array([
          31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 1, 0, 0, 0, 194, 160, 245, 79, 109, 10, 63, 160, 0, 0, 0, 0,
          128, 183, 1, 168, 14, 229, 216, 136, 19, 0, 0,
        ]),
        limit: 4999,
      },
      fails: 'too-large',
      note: 'These are 5,000 zeros.',
    },
    { given: { data: 'hello' }, fails: 'data-invalid' },
    {
      given: {
        data: new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 87, 200, 64, 144, 0, 128, 136]),
      },
      fails: 'data-invalid',
      note: 'The end is missing.',
    },
    { given: { data: 'hello', limit: 0 }, fails: 'input-invalid' },
  ],
  run: ({ data, limit, as }) =>
    after(unpack(codecs.gunzip, toBytes(data), limit), (unpacked) => giveBytes(unpacked, as, 'data')),
});
