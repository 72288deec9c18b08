import { defineAction, number } from '../kit/index.ts';
import { precision, roundExactly } from './places.ts';

export default defineAction({
  id: 'float/ceiling',
  title: 'Ceiling',
  summary: 'Rounds a number up to a number of decimal places.',
  keywords: ['ceil'],
  documentation: `
Up is toward the larger number, so that -1.5 becomes -1. What is rounded is the exact value of the number, a double of IEEE 754:
0.1 is stored as 0.1000000000000000055… and its ceiling at one place is 0.2. To round a number as it is written use
\`number/round\` with the mode up. Zero never has a sign.`,
  fields: { float: number({ label: 'Number' }), precision },
  output: { type: 'number' },
  examples: [
    { given: { float: 10.53, precision: 1 }, gives: 10.6 },
    { given: { float: 10.53, precision: 0 }, gives: 11 },
    { given: { float: -1.5 }, gives: -1 },
    { given: { float: 0.1, precision: 1 }, gives: 0.2, note: '0.1 is stored as a little more than 0.1.' },
    { given: { float: '10.53' }, fails: 'input-invalid' },
  ],
  run: ({ float, precision }) => roundExactly(float, precision, 'up'),
});
