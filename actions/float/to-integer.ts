import { defineAction, number } from '../kit/index.ts';
import { checkWhole } from '../support/whole-number.ts';

export default defineAction({
  id: 'float/to-integer',
  title: 'To integer',
  summary: 'Drops the fraction of a number.',
  keywords: ['cast', 'convert', 'trunc'],
  documentation: `
The result is the next whole number toward zero, for negative numbers too. To round use \`float/round\`, \`float/floor\` or
\`float/ceiling\`. Numbers beyond 9007199254740991 fail, since digits are missing from them already.`,
  fields: { float: number({ label: 'Number' }) },
  output: { type: 'integer' },
  failures: { 'too-large': 'The number is beyond 9007199254740991.' },
  examples: [
    { given: { float: 3.99 }, gives: 3 },
    { given: { float: -3.9 }, gives: -3 },
    { given: { float: -0.5 }, gives: 0 },
    { given: { float: 1e300 }, fails: 'too-large' },
    { given: { float: '3.5' }, fails: 'input-invalid' },
  ],
  run: ({ float }) => checkWhole(Math.trunc(float), '`float`'),
});
