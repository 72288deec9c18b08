import { defineAction, integer, number, optional } from '../kit/index.ts';

export default defineAction({
  id: 'data/increment-by',
  title: 'Increment by',
  summary: 'Adds a whole number to a number.',
  keywords: ['plus'],
  documentation: `
The number need not be whole, the amount has to be, and may be negative; it is 1 when it is left out. Numbers are doubles:
above 9,007,199,254,740,991 not every whole number exists any more.`,
  fields: {
    value: number({ label: 'Value' }),
    amount: optional(integer({ label: 'Amount' }), 1),
  },
  output: { type: 'number' },
  examples: [
    { given: { value: 10, amount: 1 }, gives: 11 },
    { given: { value: 10 }, gives: 11 },
    { given: { value: 0.5, amount: -2 }, gives: -1.5 },
    { given: { value: 10, amount: 0.5 }, fails: 'input-invalid' },
    { given: { value: '10', amount: 1 }, fails: 'input-invalid' },
  ],
  run: ({ value, amount }) => value + amount,
});
