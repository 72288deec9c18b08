import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'scope/break',
  title: 'Break',
  summary: 'Ends the enclosing workflow at once with a value.',
  documentation:
    'The enclosing workflow is the innermost one: a branch, the steps for one item of an iteration, or the operation itself. ' +
    'Its output mapping is skipped and `mapping` is its output.',
  fields: { mapping: any({ label: 'Value', help: 'What the workflow gives.' }) },
  output: null,
  examples: [
    {
      given: { mapping: { status: 204 } },
      gives: null,
      note: 'The workflow gives {"status": 204}; the action itself gives nothing.',
    },
    { given: {}, fails: 'input-invalid' },
  ],
  run: ({ mapping }, context) => {
    context.break(mapping);
    return null;
  },
});
