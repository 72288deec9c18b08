import { defineAction } from '../kit/index.ts';
import { division, quotientOf, refuseZero, remainderOf } from './division.ts';

export default defineAction({
  id: 'integer/divide',
  title: 'Divide',
  summary: 'Divides two whole numbers and gives value, quotient and remainder.',
  documentation: `
\`value\` is the quotient with its fraction, \`quotient\` that without it, cut toward zero, and \`remainder\` what is left, with
the sign of the dividend: quotient times divisor plus remainder is the dividend. For a quotient that is rounded down use
\`math/div\`. A divisor of 0 fails.`,
  fields: division,
  output: {
    type: 'object',
    properties: { value: { type: 'number' }, quotient: { type: 'integer' }, remainder: { type: 'integer' } },
    required: ['value', 'quotient', 'remainder'],
  },
  examples: [
    { given: { dividend: 10, divisor: 2 }, gives: { value: 5, quotient: 5, remainder: 0 } },
    { given: { dividend: 7, divisor: 2 }, gives: { value: 3.5, quotient: 3, remainder: 1 } },
    { given: { dividend: -7, divisor: 2 }, gives: { value: -3.5, quotient: -3, remainder: -1 } },
    { given: { dividend: 7, divisor: 0 }, fails: 'input-invalid' },
  ],
  run: ({ dividend, divisor }) => {
    refuseZero(divisor);
    return {
      value: dividend / divisor + 0,
      quotient: quotientOf(dividend, divisor),
      remainder: remainderOf(dividend, divisor),
    };
  },
});
