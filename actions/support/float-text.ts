import { ActionFailure } from '../kit/index.ts';

const float = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/;

/**
 * Reads a decimal number at the beginning of a text, with or without fraction and exponent. Gives it with the index
 * behind it, and undefined when there is none. Fails with too-large for one beyond the largest double; `what` names it
 * in that message.
 */
export const readFloat = (text: string, what: string): { value: number; end: number } | undefined => {
  const [found] = float.exec(text) ?? [];
  if (found === undefined) return undefined;
  const value = Number(found);
  if (Number.isFinite(value)) return { value: value + 0, end: found.length };
  throw new ActionFailure('too-large', `${what} is beyond ${Number.MAX_VALUE}, the largest number there is`);
};
