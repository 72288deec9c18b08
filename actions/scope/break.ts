import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'scope/break',
  title: 'Break',
  summary: 'Ends the enclosing workflow at once with a value.',
  keywords: ['exit', 'finish', 'return', 'stop'],
  documentation: `
The enclosing workflow is the innermost one: a branch, the steps for one item of an iteration, or the operation itself.
Its output mapping is skipped and \`mapping\` is its output. Steps around it go on: in an iteration the next item is
next. To end an operation from within a branch, let the branch give a value and break after it.`,
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
