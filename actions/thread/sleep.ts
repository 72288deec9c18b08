import { defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'thread/sleep',
  title: 'Sleep',
  summary: 'Waits before the next action.',
  keywords: ['delay', 'pause', 'wait'],
  documentation: `
Other runs go on meanwhile; only this one waits. Cancelling the run, or its time limit, ends the wait. Zero waits for
nothing. A run that waits for long holds its connection open: where the work can be done later, a schedule or a timer is
better. \`flow/wait\` also waits until a date and time.`,
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
