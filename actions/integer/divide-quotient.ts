import { defineAction } from '../kit/index.ts';
import { division, quotientOf, refuseZero } from './division.ts';

export default defineAction({
  id: 'integer/divide-quotient',
  title: 'Divide quotient',
  summary: 'Divides two whole numbers and drops the fraction.',
  documentation: `
The result is cut toward zero, for negative numbers too, as Elixir's \`div\` does. For a quotient that is rounded down use
\`math/div\`, and for the remainder that belongs to this one \`integer/divide-remainder\`. A divisor of 0 fails.`,
  fields: division,
  output: { type: 'integer' },
  examples: [
    { given: { dividend: 10, divisor: 3 }, gives: 3 },
    { given: { dividend: -10, divisor: 3 }, gives: -3 },
    { given: { dividend: 2, divisor: 3 }, gives: 0 },
    { given: { dividend: 1, divisor: 0 }, fails: 'input-invalid' },
    { given: { dividend: 1.5, divisor: 1 }, fails: 'input-invalid' },
  ],
  run: ({ dividend, divisor }) => {
    refuseZero(divisor);
    return quotientOf(dividend, divisor);
  },
});
