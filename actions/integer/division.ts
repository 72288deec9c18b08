import { ActionFailure, integer } from '../kit/index.ts';

export const division = {
  dividend: integer({ label: 'Dividend', help: 'The number that is divided.' }),
  divisor: integer({ label: 'Divisor', help: 'The number that it is divided by; not 0.' }),
};

export const refuseZero = (divisor: number): void => {
  if (divisor === 0) {
    throw new ActionFailure(
      'input-invalid',
      '`divisor` must not be 0, since nothing can be divided by it; test for it before',
    );
  }
};

// A quotient of exact numbers is nearest to no other whole number than the one it is cut to, and a rest of them is exact.
export const quotientOf = (dividend: number, divisor: number): number => Math.trunc(dividend / divisor) + 0;
export const remainderOf = (dividend: number, divisor: number): number => (dividend % divisor) + 0;
