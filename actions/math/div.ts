import { ActionFailure, defineAction, number } from '../kit/index.ts';
import { checkWhole } from '../support/whole-number.ts';
import { floorDivide } from './arithmetic.ts';

export default defineAction({
  id: 'math/div',
  title: 'Div',
  summary: 'Divides two numbers and rounds down to a whole number.',
  documentation: `
Down is toward the smaller number, so that -7 divided by 2 is -4, as with Elixir's \`Integer.floor_div\`;
\`integer/divide-quotient\` cuts toward zero instead. Numbers with a fraction are taken too, by their exact value: 0.3 divided by
0.1 is 2, since 0.3 is stored as a little less than three times 0.1. A divisor of 0 fails, and so does a result beyond
9007199254740991.`,
  fields: {
    dividend: number({ label: 'Dividend', help: 'The number that is divided.' }),
    divisor: number({ label: 'Divisor', help: 'The number that it is divided by; not 0.' }),
  },
  output: { type: 'integer' },
  failures: { 'too-large': 'The result is beyond 9007199254740991 and would not be exact.' },
  examples: [
    { given: { dividend: 10, divisor: 3 }, gives: 3 },
    { given: { dividend: -7, divisor: 2 }, gives: -4 },
    { given: { dividend: 7.5, divisor: 2 }, gives: 3 },
    { given: { dividend: 1, divisor: 0 }, fails: 'input-invalid' },
    { given: { dividend: 1e300, divisor: 1e-10 }, fails: 'too-large' },
  ],
  run: ({ dividend, divisor }) => {
    if (divisor === 0) {
      throw new ActionFailure(
        'input-invalid',
        '`divisor` must not be 0, since nothing can be divided by it; test for it before',
      );
    }
    return checkWhole(floorDivide(dividend, divisor), 'the quotient');
  },
});
