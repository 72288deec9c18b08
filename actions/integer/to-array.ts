import { defineAction, integer, optional } from '../kit/index.ts';

export default defineAction({
  id: 'integer/to-array',
  title: 'To array',
  summary: 'Gives the digits of a whole number in a base, the highest first.',
  documentation: `
The digits are numbers, also those from 10 on. Those of a negative number are all negative, as with Elixir's \`Integer.digits\`,
so that \`integer/undigits\` gives the number again. Zero has one digit.`,
  fields: {
    integer: integer({ label: 'Integer' }),
    base: optional(integer({ label: 'Base', minimum: 2 }), 10),
  },
  output: { type: 'array', items: { type: 'integer' }, minItems: 1 },
  examples: [
    { given: { integer: 123, base: 10 }, gives: [1, 2, 3] },
    { given: { integer: 123, base: 8 }, gives: [1, 7, 3] },
    { given: { integer: -255, base: 16 }, gives: [-15, -15] },
    { given: { integer: 0 }, gives: [0] },
    { given: { integer: 123, base: 1 }, fails: 'input-invalid' },
  ],
  run: ({ integer, base }) => {
    const digits: number[] = [];
    let rest = integer;
    do {
      const digit = rest % base;
      digits.push(digit + 0);
      rest = (rest - digit) / base;
    } while (rest !== 0);
    return digits.reverse();
  },
});
