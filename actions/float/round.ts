import { defineAction, number } from '../kit/index.ts';
import { precision, roundExactly } from './places.ts';

export default defineAction({
  id: 'float/round',
  title: 'Round',
  summary: 'Rounds a number to a number of decimal places, halves away from zero.',
  keywords: ['decimals'],
  documentation: `
What is rounded is the exact value of the number, a double of IEEE 754, as Elixir's \`Float.round\` does. Most decimal fractions
are stored a little above or below: 5.015 is 5.01499999… and gives 5.01, while 5.5 is exactly a half and gives 6. For amounts of
money use \`number/round\`, which rounds a number as it is written and has other modes. Zero never has a sign.`,
  fields: { float: number({ label: 'Number' }), precision },
  output: { type: 'number' },
  examples: [
    { given: { float: 12.345, precision: 1 }, gives: 12.3 },
    { given: { float: -1.5, precision: 0 }, gives: -2 },
    { given: { float: -1.5, precision: 1 }, gives: -1.5 },
    { given: { float: 5.015, precision: 2 }, gives: 5.01, note: '5.015 is stored as 5.01499999…' },
    { given: { float: 2.5 }, gives: 3 },
    { given: { float: 1.5, precision: 16 }, fails: 'input-invalid' },
  ],
  run: ({ float, precision }) => roundExactly(float, precision, 'half-away'),
});
