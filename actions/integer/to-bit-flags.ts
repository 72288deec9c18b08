import { ActionFailure, defineAction, integer, oneOf, optional } from '../kit/index.ts';

/** How many bits a number needs; a negative one in two's complement. */
const smallestSize = (value: bigint): number => {
  if (value >= 0n) return value.toString(2).length;
  return value === -1n ? 1 : (-value - 1n).toString(2).length + 1;
};

export default defineAction({
  id: 'integer/to-bit-flags',
  title: 'To bit flags',
  summary: 'Gives the bits of a whole number, the most significant first.',
  documentation: `
There are \`size\` bits, with zeros in front where the number needs fewer; a number that needs more fails. With a size of 0 there
are as many as it needs, and one for 0. A negative number is written in two's complement: in 8 bits -1 is eight ones, and a
negative number that just fits has a one in front.`,
  fields: {
    integer: integer({ label: 'Integer' }),
    mode: optional(
      oneOf(['binary', 'boolean'], { label: 'Mode', help: 'Bits as 1 and 0, or as true and false.' }),
      'binary',
    ),
    size: optional(
      integer({ label: 'Size', help: 'Number of bits; 0 for as many as needed.', minimum: 0, maximum: 1024 }),
      0,
    ),
  },
  output: { type: 'array', items: { type: ['integer', 'boolean'] } },
  examples: [
    { given: { integer: 12, size: 5, mode: 'binary' }, gives: [0, 1, 1, 0, 0] },
    { given: { integer: 5, size: 0, mode: 'boolean' }, gives: [true, false, true] },
    { given: { integer: -2, size: 4, mode: 'binary' }, gives: [1, 1, 1, 0] },
    { given: { integer: 0 }, gives: [0] },
    { given: { integer: 12, size: 3 }, fails: 'input-invalid', note: '12 needs 4 bits.' },
  ],
  run: ({ integer, mode, size }) => {
    const value = BigInt(integer);
    const needed = smallestSize(value);
    if (size > 0 && size < needed) {
      throw new ActionFailure(
        'input-invalid',
        `\`size\` must be at least ${needed} for \`integer\` ${integer}, or 0, found ${size}`,
      );
    }
    const count = size === 0 ? needed : size;
    const bits = BigInt.asUintN(count, value).toString(2).padStart(count, '0');
    return Array.from(bits, (bit) => (mode === 'binary' ? Number(bit) : bit === '1'));
  },
});
