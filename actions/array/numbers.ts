import { ActionFailure, describeValue } from '../kit/index.ts';

/**
 * The sum of numbers, added from the first to the last. Fails with input-invalid for what is no number, named by
 * `where`, and with too-large for a sum that would not be finite or, of whole numbers, not exact.
 */
export const addNumbers = (values: readonly unknown[], where: (index: number) => string): number => {
  let sum = 0;
  let whole = true;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new ActionFailure('input-invalid', `${where(index)} must be a number, found ${describeValue(value)}`);
    }
    whole &&= Number.isSafeInteger(value);
    sum += value;
    if (!Number.isFinite(sum) || (whole && !Number.isSafeInteger(sum))) {
      throw new ActionFailure(
        'too-large',
        `The sum is beyond ${whole ? 'the whole numbers that are exact, up to 9007199254740991' : 'the numbers there are'}, at ${where(index)}`,
      );
    }
  }
  return sum;
};
