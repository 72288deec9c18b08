import { any, defineAction, object, optional } from '../kit/index.ts';

export default defineAction({
  id: 'config/execute',
  title: 'Execute workflow',
  summary: 'Runs a workflow that comes as data and gives its output.',
  keywords: ['dynamic', 'eval'],
  documentation: `
The workflow is an object as it stands in a document: \`actions\` and, optionally, \`output\`. It is checked as a document is, so an unknown key
or a broken expression fails before anything runs. Then it runs as a child of this run, with the scopes of a service operation: \`input\`, and
variables of its own. Depth, steps and time of this run hold for it. Its actions count as this one in logs and captures, since they have no place in
the project.

A workflow that is written into the field itself needs \`{"$literal": …}\` around it, or else its expressions are evaluated here, before it
runs. It cannot use secrets; hand them in through \`input\`. Whoever writes the workflow can do what any workflow of this project can, so
take it from no one who may not edit the project.`,
  fields: {
    execution: object({ label: 'Workflow', help: 'An object with actions and output.' }),
    input: optional(any({ label: 'Input', help: 'What its steps see as the scope input.' })),
  },
  output: {},
  failures: {
    'document-invalid':
      'It is no workflow, or has more than 1 MB as JSON; the message names the place by a JSON Pointer (RFC 6901).',
  },
  examples: [
    { given: { execution: { actions: [], output: { total: 3 } } }, gives: { total: 3 } },
    {
      given: { execution: { actions: [] }, input: { a: 1 } },
      gives: null,
      note: 'Without `output` it gives the result of its last action, and this one has none.',
    },
    { given: { execution: { steps: [] } }, fails: 'document-invalid' },
    { given: { execution: [] }, fails: 'input-invalid' },
  ],
  run: ({ execution, input }, context) => context.perform(execution, input ?? null),
});
