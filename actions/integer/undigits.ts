import { ActionFailure, defineAction, integer, listOf, optional } from '../kit/index.ts';
import { checkWhole } from '../support/whole-number.ts';

export default defineAction({
  id: 'integer/undigits',
  title: 'Undigits',
  summary: 'Makes a whole number of its digits in a base, the highest first.',
  documentation: `
It is the reverse of \`integer/to-array\`. Each digit must be smaller than the base; those of a negative number are all negative.
An empty array gives 0, and leading zeros do not matter. Numbers beyond 9007199254740991 fail instead of becoming inexact.`,
  fields: {
    array: listOf(integer(), { label: 'Digits' }),
    base: optional(integer({ label: 'Base', minimum: 2 }), 10),
  },
  output: { type: 'integer' },
  failures: { 'too-large': 'The number is beyond 9007199254740991 and would not be exact.' },
  examples: [
    { given: { array: [1, 2, 3] }, gives: 123 },
    { given: { array: [1, 4], base: 16 }, gives: 20 },
    { given: { array: [-15, -15], base: 16 }, gives: -255 },
    { given: { array: [] }, gives: 0 },
    { given: { array: [1, 2], base: 2 }, fails: 'input-invalid', note: 'Base 2 has no digit 2.' },
    { given: { array: [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9] }, fails: 'too-large' },
  ],
  run: ({ array, base }) => {
    let value = 0;
    for (let index = 0; index < array.length; index += 1) {
      const digit = array[index] ?? 0;
      if (Math.abs(digit) >= base) {
        throw new ActionFailure('input-invalid', `\`array[${index}]\` must be a digit below ${base}, found ${digit}`);
      }
      value = checkWhole(value * base + digit, 'the number that `array` makes');
    }
    return value;
  },
});
