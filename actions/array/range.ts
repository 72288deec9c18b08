import { ActionFailure, defineAction, integer, optional } from '../kit/index.ts';
import { checkItems } from '../support/bounds.ts';

export default defineAction({
  id: 'array/range',
  title: 'Range',
  summary: 'Gives the whole numbers from one to another.',
  documentation: `
Both ends belong to it, as far as the step meets them. It never turns round by itself: from 1 to 0 there is nothing, which is
right for the pages of an empty list, and counting down takes a negative step. At most 1,000,000 numbers.`,
  fields: {
    from: integer({ label: 'From' }),
    to: integer({ label: 'To', help: 'The last number at most.' }),
    step: optional(integer({ label: 'Step', help: 'From one number to the next; negative to count down.' }), 1),
  },
  output: { type: 'array', items: { type: 'integer' } },
  failures: { 'too-large': 'There would be more than 1,000,000 numbers.' },
  examples: [
    { given: { from: 1, to: 4 }, gives: [1, 2, 3, 4] },
    { given: { from: 0, to: 10, step: 4 }, gives: [0, 4, 8] },
    { given: { from: 3, to: 1, step: -1 }, gives: [3, 2, 1] },
    { given: { from: 1, to: 0 }, gives: [] },
    { given: { from: 1, to: 2, step: 0 }, fails: 'input-invalid' },
    { given: { from: 1, to: 1e9 }, fails: 'too-large' },
  ],
  run: ({ from, to, step }) => {
    if (step === 0) {
      throw new ActionFailure('input-invalid', '`step` must be a whole number but 0, found 0; nothing would ever end');
    }
    checkItems(Math.floor((to - from) / step) + 1, 'to');
    const numbers: number[] = [];
    // Added up, because a product could be beyond the numbers that are exact.
    for (let number = from; step > 0 ? number <= to : number >= to; number += step) numbers.push(number);
    return numbers;
  },
});
