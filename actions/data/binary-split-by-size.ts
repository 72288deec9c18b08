import { isUtf8 } from 'node:buffer';
import { bytes, defineAction, integer } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { giveBytes } from '../support/utf8.ts';

export default defineAction({
  id: 'data/binary-split-by-size',
  title: 'Split binary by size',
  summary: 'Cuts binary data into pieces of a number of bytes.',
  documentation: `
The last piece may be shorter, and nothing gives no pieces. A text is cut as its UTF-8 bytes. The pieces are texts if all of
them are valid UTF-8, and all of them are binary data if a single one is not, as when a cut goes through a letter of two
bytes. There can be 1,000,000 pieces.`,
  fields: {
    value: bytes({ label: 'Value', help: 'Binary data, or a text, which stands for its UTF-8 bytes.' }),
    size: integer({ label: 'Size', help: 'Bytes of a piece.', minimum: 1 }),
  },
  output: { type: 'array' },
  examples: [
    { given: { value: 'ABCDE', size: 2 }, gives: ['AB', 'CD', 'E'] },
    {
      given: { value: new Uint8Array([255, 0, 1]), size: 2 },
      gives: [new Uint8Array([255, 0]), new Uint8Array([1])],
    },
    { given: { value: 'aü', size: 2 }, gives: [new Uint8Array([97, 195]), new Uint8Array([188])] },
    { given: { value: '', size: 2 }, gives: [] },
    { given: { value: 'ABCDE', size: 0 }, fails: 'input-invalid' },
  ],
  run: ({ value, size }) => {
    const all = toBytes(value);
    const count = Math.ceil(all.length / size);
    checkTotal(count, 'size');
    const pieces = Array.from({ length: count }, (_, index) =>
      Uint8Array.from(all.subarray(index * size, (index + 1) * size)),
    );
    return pieces.every((piece) => isUtf8(piece)) ? pieces.map((piece) => giveBytes(piece, 'text', 'value')) : pieces;
  },
});
