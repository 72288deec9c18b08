import { defineAction, number } from '../kit/index.ts';
import { precision, roundExactly } from './places.ts';

export default defineAction({
  id: 'float/floor',
  title: 'Floor',
  summary: 'Rounds a number down to a number of decimal places.',
  documentation: `
Down is toward the smaller number, so that -1.5 becomes -2. What is rounded is the exact value of the number, a double of IEEE
754: 10.53 is stored as 10.5299999… and its floor at two places is 10.52. To round a number as it is written use \`number/round\`
with the mode down. Zero never has a sign.`,
  fields: { float: number({ label: 'Number' }), precision },
  output: { type: 'number' },
  examples: [
    { given: { float: 10.53, precision: 1 }, gives: 10.5 },
    { given: { float: 10.53, precision: 2 }, gives: 10.52, note: '10.53 is stored as a little less than 10.53.' },
    { given: { float: 10.53, precision: 0 }, gives: 10 },
    { given: { float: -1.5 }, gives: -2 },
    { given: { float: 1.5, precision: -1 }, fails: 'input-invalid' },
  ],
  run: ({ float, precision }) => roundExactly(float, precision, 'down'),
});
