import { defineAction } from '../kit/index.ts';
import { division, refuseZero, remainderOf } from './division.ts';

export default defineAction({
  id: 'integer/divide-remainder',
  title: 'Divide remainder',
  summary: 'Gives what is left when one whole number is divided by another.',
  keywords: ['mod', 'modulo'],
  documentation: `
The result has the sign of the dividend, as with Elixir's \`rem\` and the \`%\` of most languages, so that it may be negative. For
a result with the sign of the divisor, as clocks and calendars need it, use \`math/operation\` with modulo. A divisor of 0 fails.`,
  fields: division,
  output: { type: 'integer' },
  examples: [
    { given: { dividend: 10, divisor: 3 }, gives: 1 },
    { given: { dividend: 10, divisor: 2 }, gives: 0 },
    { given: { dividend: -10, divisor: 3 }, gives: -1 },
    { given: { dividend: 10, divisor: 0 }, fails: 'input-invalid' },
  ],
  run: ({ dividend, divisor }) => {
    refuseZero(divisor);
    return remainderOf(dividend, divisor);
  },
});
