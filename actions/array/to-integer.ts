import { ActionFailure, array, defineAction, describeValue } from '../kit/index.ts';

export default defineAction({
  id: 'array/to-integer',
  title: 'To integer',
  summary: 'Makes a whole number of its decimal digits.',
  documentation: `
Each item is a whole number from 0 to 9, the most significant first; leading zeros do not count, and no digits are 0. When all
digits are 0 or below, the number is negative, as Elixir's Integer.undigits has it. \`integer/digits\` goes the other way.`,
  fields: { array: array({ label: 'Digits', items: { type: 'integer', minimum: -9, maximum: 9 } }) },
  output: { type: 'integer' },
  failures: { 'too-large': 'The number would be beyond 9,007,199,254,740,991 and not exact.' },
  examples: [
    { given: { array: [4, 0, 7] }, gives: 407 },
    { given: { array: [0, 0, 5] }, gives: 5 },
    { given: { array: [-1, -2] }, gives: -12 },
    { given: { array: [] }, gives: 0 },
    { given: { array: [1, 23] }, fails: 'input-invalid' },
    { given: { array: [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9] }, fails: 'too-large' },
  ],
  run: ({ array }) => {
    let number = 0;
    for (let index = 0; index < array.length; index += 1) {
      const digit = array[index];
      if (typeof digit !== 'number' || !Number.isInteger(digit) || Math.abs(digit) > 9) {
        throw new ActionFailure(
          'input-invalid',
          `\`array[${index}]\` must be one digit, a whole number from 0 to 9, found ${describeValue(digit)}`,
        );
      }
      number = number * 10 + digit;
      if (!Number.isSafeInteger(number)) {
        throw new ActionFailure(
          'too-large',
          `\`array\` has ${array.length} digits, which make a number beyond ${Number.MAX_SAFE_INTEGER}; join them as a text instead`,
        );
      }
    }
    // Digits such as -0 make 0.
    return number + 0;
  },
});
