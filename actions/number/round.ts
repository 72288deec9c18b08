import { ActionFailure, boolean, defineAction, integer, number, oneOf, optional } from '../kit/index.ts';
import { exactDecimal, roundDecimal, roundings, toDouble, writtenDecimal } from '../support/decimal.ts';

export default defineAction({
  id: 'number/round',
  title: 'Round',
  summary: 'Rounds a number as it is written to a number of decimal places.',
  keywords: ['bankers', 'decimals', 'half even'],
  documentation: `
| mode | |
| --- | --- |
| \`half-away\` | to the nearest, halves away from zero, as taught in schools |
| \`half-even\` | to the nearest, halves to the even digit, as banks do and IEEE 754 |
| \`half-toward\` \`half-up\` \`half-down\` | to the nearest, halves toward zero, the larger, the smaller number |
| \`away\` \`toward\` \`up\` \`down\` | always away from zero, toward zero, to the larger, the smaller number |

A negative precision rounds to tens, hundreds and so on. The number is taken as it is written, so that 1.005 becomes 1.01 with two
places; with \`exact\` it is taken as it is stored (IEEE 754), which is 1.00499999…, and \`float/round\` does the same. Zero never
has a sign.`,
  fields: {
    number: number({ label: 'Number' }),
    precision: optional(
      integer({
        label: 'Precision',
        help: 'Places kept behind the decimal point; negative before it.',
        minimum: -308,
        maximum: 100,
      }),
      0,
    ),
    mode: optional(oneOf(roundings, { label: 'Mode' }), 'half-away'),
    exact: optional(boolean({ label: 'Exact', help: 'Round the number as it is stored.' }), false),
  },
  output: { type: 'number' },
  failures: { 'too-large': 'The rounded number is beyond the largest number, about 1.8e308.' },
  examples: [
    { given: { number: 1.005, precision: 2 }, gives: 1.01 },
    { given: { number: 1.005, precision: 2, exact: true }, gives: 1 },
    { given: { number: 2.5, mode: 'half-even' }, gives: 2 },
    { given: { number: -2.1, mode: 'away' }, gives: -3 },
    { given: { number: 1250, precision: -2 }, gives: 1300 },
    { given: { number: 1.7e308, precision: -308 }, fails: 'too-large' },
    { given: { number: 1.5, mode: 'bankers' }, fails: 'input-invalid' },
  ],
  run: ({ number, precision, mode, exact }) => {
    if (precision >= 0 && Number.isInteger(number)) return number + 0;
    const rounded = toDouble(roundDecimal(exact ? exactDecimal(number) : writtenDecimal(number), precision, mode));
    if (Number.isFinite(rounded)) return rounded;
    throw new ActionFailure('too-large', `\`number\` rounded would be beyond ${Number.MAX_VALUE}, the largest number`);
  },
});
