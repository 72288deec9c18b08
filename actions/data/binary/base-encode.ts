import { defineAction, integer } from '../../kit/index.ts';
import { toBytes } from '../../support/encode-bytes.ts';
import { encodeNumber } from './big-number.ts';
import { caseField, dataField } from './digits.ts';

export default defineAction({
  id: 'data/binary/base-encode',
  title: 'Encode in a base',
  summary: 'Writes bytes as one large number in a base from 2 to 36.',
  documentation: `
The bytes are read as one unsigned number with the most significant byte first, and the number is written in the base. Zero
bytes at the beginning do not change a number and are lost, which sets this apart from base16 and base32; no bytes at all
give \`0\`. At most 4,096 bytes are taken.`,
  fields: {
    data: dataField,
    base: integer({ label: 'Base', help: '10 and above have letters as digits.', minimum: 2, maximum: 36 }),
    case: caseField,
  },
  output: { type: 'string' },
  examples: [
    { given: { data: 'foobar', base: 16, case: 'upper' }, gives: '666F6F626172' },
    { given: { data: 'foobar', base: 8, case: 'lower' }, gives: '3146755730460562' },
    { given: { data: new Uint8Array([0, 1, 0]), base: 10 }, gives: '256' },
    { given: { data: 'zip', base: 36, case: 'lower' }, gives: '4ry40' },
    { given: { data: '', base: 2 }, gives: '0' },
    { given: { data: 'foobar', base: 64 }, fails: 'input-invalid', note: 'There are no digits for more than 36.' },
  ],
  run: ({ data, base, case: letters }) => {
    const text = encodeNumber(toBytes(data), base);
    return letters === 'upper' ? text.toUpperCase() : text;
  },
});
