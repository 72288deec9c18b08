import { defineAction, either, number, string } from '../kit/index.ts';
import { orderOf } from './order-of.ts';

export default defineAction({
  id: 'data/smaller',
  title: 'Smaller',
  summary: 'Gives the smaller of two numbers or texts.',
  documentation: `
Texts are ordered by the code points of their characters, not as in a dictionary: capital letters come before small ones,
and a text comes before another that goes on. A number and a text cannot be compared, and fail. Where there are more than
two there is array/minimum.`,
  fields: {
    first: either(number(), string(), { label: 'First' }),
    second: either(number(), string(), { label: 'Second' }),
  },
  output: { type: ['number', 'string'] },
  examples: [
    { given: { first: 1234, second: 999 }, gives: 999 },
    { given: { first: 'abcd', second: 'ab' }, gives: 'ab' },
    { given: { first: 'a', second: 'B' }, gives: 'B' },
    { given: { first: '10', second: '9' }, gives: '10', note: 'These are texts.' },
    { given: { first: 10, second: '9' }, fails: 'input-invalid' },
    { given: { first: null, second: 1 }, fails: 'input-invalid' },
  ],
  run: ({ first, second }) => (orderOf(first, second) > 0 ? second : first),
});
