import { defineAction } from '../../kit/index.ts';
import { dataField } from './digits.ts';

export default defineAction({
  id: 'data/binary/byte-size',
  title: 'Byte size',
  summary: 'Counts the bytes of a text or of binary data.',
  keywords: ['length'],
  documentation: `
A text has as many bytes as its UTF-8 form, so that letters outside of ASCII count two to four each: what a file or a
request body would have. string/length counts characters. A published example counts 8 bytes in \`hello\`; there are 5.`,
  fields: { data: dataField },
  output: { type: 'integer', minimum: 0 },
  examples: [
    { given: { data: 'hello' }, gives: 5 },
    { given: { data: '123' }, gives: 3 },
    { given: { data: 'Grüße 🌻' }, gives: 12 },
    { given: { data: new Uint8Array(3) }, gives: 3 },
    { given: { data: 123 }, fails: 'input-invalid', note: 'A number has no bytes of its own.' },
  ],
  run: ({ data }) => (typeof data === 'string' ? Buffer.byteLength(data) : data.length),
});
