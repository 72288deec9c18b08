import { ActionFailure, defineAction, describeValue, number } from '../kit/index.ts';
import { splitDouble } from '../support/decimal.ts';

export default defineAction({
  id: 'float/ratio',
  title: 'Ratio',
  summary: 'Gives the two whole numbers whose quotient is exactly a number.',
  documentation: `
The result is numerator and denominator without a common factor; the denominator is a power of two and the sign is the
numerator's. It is the exact value of the double (IEEE 754), so that 0.1 is not 1/10 but 3602879701896397/36028797018963968. Both
are exact, though large ones are written with rounded digits in JSON. Some numbers closer to zero than 1e-292 fail, since their
denominator would be beyond all numbers.`,
  fields: { float: number({ label: 'Number' }) },
  output: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
  failures: { 'too-large': 'The denominator would be beyond the largest number.' },
  examples: [
    { given: { float: 3.5 }, gives: [7, 2] },
    { given: { float: -0.75 }, gives: [-3, 4] },
    { given: { float: 10 }, gives: [10, 1] },
    { given: { float: 0 }, gives: [0, 1] },
    { given: { float: 5e-324 }, fails: 'too-large' },
    { given: { float: '3.5' }, fails: 'input-invalid' },
  ],
  run: ({ float }) => {
    if (Number.isInteger(float)) return [float + 0, 1];
    const { mantissa, exponent } = splitDouble(float);
    let numerator = Number(mantissa);
    let halvings = -exponent;
    while (numerator % 2 === 0) {
      numerator /= 2;
      halvings -= 1;
    }
    if (halvings > 1023) {
      throw new ActionFailure(
        'too-large',
        `\`float\` is too close to zero for its ratio, found ${describeValue(float)}; allowed are 0 and what is at least 1e-292`,
      );
    }
    return [numerator, 2 ** halvings];
  },
});
