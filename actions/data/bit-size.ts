import { bytes, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'data/bit-size',
  title: 'Bit size',
  summary: 'Counts the bits of a text or of binary data.',
  documentation: `
Eight for each byte that data/binary/byte-size counts; a text counts as its UTF-8 bytes.`,
  fields: { value: bytes({ label: 'Value' }) },
  output: { type: 'integer', minimum: 0 },
  examples: [
    { given: { value: 'abc' }, gives: 24 },
    { given: { value: 'ü' }, gives: 16 },
    { given: { value: new Uint8Array(4) }, gives: 32 },
    { given: { value: [1] }, fails: 'input-invalid' },
  ],
  run: ({ value }) => 8 * (typeof value === 'string' ? Buffer.byteLength(value) : value.length),
});
