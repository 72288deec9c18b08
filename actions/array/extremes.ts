import { ActionFailure, describeValue } from '../kit/index.ts';
import { compareTexts } from '../support/order.ts';

/** The smallest and the largest item of an array of numbers or of texts; mixed ones have no meaningful answer and fail. */
export const extremesOf = (array: readonly unknown[], field: string): [unknown, unknown] => {
  const [first] = array;
  const kind = typeof first === 'string' ? 'string' : 'number';
  let smallest = first;
  let largest = first;
  for (let index = 0; index < array.length; index += 1) {
    const item = array[index];
    if (kind === 'number' ? !Number.isFinite(item) : typeof item !== 'string') {
      const allowed =
        kind === 'string'
          ? 'a text like the first item'
          : index > 0
            ? 'a number like the first item'
            : 'a number or a text';
      throw new ActionFailure(
        'input-invalid',
        `\`${field}[${index}]\` must be ${allowed}, found ${describeValue(item)}`,
      );
    }
    const order =
      kind === 'number' ? (item as number) - (smallest as number) : compareTexts(item as string, smallest as string);
    if (order < 0) smallest = item;
    const above =
      kind === 'number' ? (item as number) - (largest as number) : compareTexts(item as string, largest as string);
    if (above > 0) largest = item;
  }
  if (array.length === 0) {
    throw new ActionFailure('input-invalid', `\`${field}\` must have at least one item, found an empty array`);
  }
  return [smallest, largest];
};
