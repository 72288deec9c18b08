import { defineAction, number } from '../kit/index.ts';

export default defineAction({
  id: 'float/to-string',
  title: 'To string',
  summary: 'Writes a number as the shortest text that reads back as the same number.',
  keywords: ['cast', 'convert'],
  documentation: `
There is always a fraction, so that the text is read as a float anywhere: 7 is written 7.0, as in Elixir. Numbers from 1e21 on,
and those closer to zero than 1e-6, have an exponent. To write whole numbers without .0 use \`integer/to-string\`; for a fixed
number of places, separators or currencies use \`number/format\`.`,
  fields: { float: number({ label: 'Number' }) },
  output: { type: 'string' },
  examples: [
    { given: { float: 2.2017764 }, gives: '2.2017764' },
    { given: { float: 7 }, gives: '7.0' },
    { given: { float: -0.1 }, gives: '-0.1' },
    { given: { float: 1.5e-7 }, gives: '1.5e-7' },
    { given: { float: 1e21 }, gives: '1.0e21' },
    { given: { float: null }, fails: 'input-invalid' },
  ],
  run: ({ float }) => {
    const [digits = '', exponent] = String(float).split('e');
    const written = digits.includes('.') ? digits : `${digits}.0`;
    return exponent === undefined ? written : `${written}e${exponent.replace('+', '')}`;
  },
});
