import { ActionFailure, boolean, defineAction, number, oneOf, optional } from '../kit/index.ts';
import { compute, computeWritten, operations } from './arithmetic.ts';

const dividing = ['divide', 'remainder', 'modulo'];

export default defineAction({
  id: 'math/operation',
  title: 'Operation',
  summary: 'Calculates with two numbers.',
  keywords: ['add', 'divide', 'minus', 'modulo', 'multiply', 'plus', 'power', 'subtract'],
  documentation: `
\`divide\` keeps the fraction; \`remainder\` has the sign of the first number, \`modulo\` that of the second; \`power\` raises the
first to the second. Numbers are doubles (IEEE 754), so that 0.1 plus 0.2 is 0.30000000000000004. With \`decimal\` the numbers
count as they are written, and only the result is rounded to a double: 0.1 plus 0.2 is 0.3 then, which suits amounts of money;
power is not different. For longer formulas use \`math/calculate\`. A division by 0, and a result that is no finite number, fail.
Zero never has a sign.`,
  fields: {
    operation: oneOf(operations, { label: 'Operation' }),
    first: number({ label: 'First' }),
    second: number({ label: 'Second' }),
    decimal: optional(boolean({ label: 'Decimal', help: 'Calculate with the numbers as they are written.' }), false),
  },
  output: { type: 'number' },
  failures: { 'too-large': 'The result is beyond the largest number, about 1.8e308.' },
  examples: [
    { given: { operation: 'subtract', first: 5, second: 7 }, gives: -2 },
    { given: { operation: 'add', first: 0.1, second: 0.2, decimal: true }, gives: 0.3 },
    { given: { operation: 'modulo', first: -1, second: 24 }, gives: 23 },
    { given: { operation: 'power', first: 2, second: 10 }, gives: 1024 },
    { given: { operation: 'divide', first: 1, second: 0 }, fails: 'input-invalid' },
    { given: { operation: 'power', first: -1, second: 0.5 }, fails: 'input-invalid', note: 'There is no such number.' },
    { given: { operation: 'multiply', first: 1e200, second: 1e200 }, fails: 'too-large' },
  ],
  run: ({ operation, first, second, decimal }) => {
    if (second === 0 && dividing.includes(operation)) {
      throw new ActionFailure(
        'input-invalid',
        '`second` must not be 0, since nothing can be divided by it; test for it before',
      );
    }
    const result = decimal ? computeWritten(operation, first, second) : compute[operation](first, second);
    if (Number.isFinite(result)) return result + 0;
    if (Number.isNaN(result) || (operation === 'power' && first === 0)) {
      throw new ActionFailure(
        'input-invalid',
        `\`second\` must be a power that \`first\` can be raised to, found ${second} for ${first}`,
      );
    }
    throw new ActionFailure(
      'too-large',
      `the result of \`operation\` ${operation} is beyond ${Number.MAX_VALUE}, the largest number`,
    );
  },
});
