import { defineAction } from '../../kit/index.ts';
import { toBytes } from '../../support/encode-bytes.ts';
import { caseField, dataField } from './digits.ts';
import { encodeHex } from './hex.ts';

export default defineAction({
  id: 'data/binary/16-encode',
  title: 'Encode base16',
  summary: 'Writes bytes as hexadecimal digits.',
  keywords: ['hex'],
  documentation: `
Two digits per byte, as in RFC 4648, section 8. A text stands for its UTF-8 bytes.`,
  fields: { data: dataField, case: caseField },
  output: { type: 'string' },
  examples: [
    { given: { data: 'foobar', case: 'upper' }, gives: '666F6F626172' },
    { given: { data: new Uint8Array([0, 255]), case: 'lower' }, gives: '00ff' },
    { given: { data: '' }, gives: '' },
    {
      given: { data: 255 },
      fails: 'input-invalid',
      note: 'To write a number in another base there is integer/to-string.',
    },
  ],
  run: ({ data, case: letters }) => encodeHex(toBytes(data), letters),
});
