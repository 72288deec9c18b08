import { ActionFailure, describeValue } from '../kit/index.ts';
import { compareTexts } from '../support/order.ts';

export const orderOf = (first: number | string, second: number | string): number => {
  if (typeof first === 'number' && typeof second === 'number') return first - second;
  if (typeof first === 'string' && typeof second === 'string') return compareTexts(first, second);
  const allowed = typeof first === 'string' ? 'a text' : 'a number';
  throw new ActionFailure(
    'input-invalid',
    `\`second\` must be ${allowed} like \`first\`, found ${describeValue(second)}; turn one of them into the other kind`,
  );
};
