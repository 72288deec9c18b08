import { defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'thread/sleep',
  title: 'Sleep',
  summary: 'Waits before the next action.',
  documentation: 'Other runs go on meanwhile. Cancelling the run, or its time limit, ends the wait.',
  fields: { duration: integer({ label: 'Duration', help: 'Milliseconds.', minimum: 0, maximum: 2 ** 31 - 1 }) },
  output: null,
  examples: [
    { given: { duration: 1 }, gives: null },
    { given: { duration: -1 }, fails: 'input-invalid' },
    { given: { duration: 0.5 }, fails: 'input-invalid' },
  ],
  run: async ({ duration }, context) => {
    await context.sleep(duration);
    return null;
  },
});
