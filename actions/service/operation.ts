import { boolean, defineAction, lazy, object, optional, reference } from '../kit/index.ts';
import { answerFailure, recover } from '../support/failure.ts';

export default defineAction({
  id: 'service/operation',
  title: 'Call service operation',
  summary: 'Runs an operation of a service and gives its output.',
  keywords: ['function', 'invoke', 'reuse', 'subroutine', 'subworkflow'],
  documentation: `
The operation runs as a child of this run, with \`input\` as its scope \`input\`, which must fit its schema if it has
one. It has variables of its own, and counts against the step and time limits of this run and against
\`limits.callDepth\`. Whatever the operation fails with is what this action fails with. Then \`onError\` runs with the
scope \`error\` (\`name, message, code, node, type\`; \`type\` is the same as \`code\`) and its result replaces the
output. \`stopOnError\` raises the failure again after the handler. That the run was cancelled or ran into its limits is
not answered by \`onError\`.`,
  fields: {
    serviceOperationReference: reference('service', {
      label: 'Operation',
      help: 'Its address: service/<id>/<operation>.',
    }),
    input: optional(object({ label: 'Input', help: 'Its arguments by name.' }), {}),
    onError: optional(lazy({ label: 'On error', help: 'Steps for when the operation fails.' })),
    stopOnError: optional(boolean({ label: 'Stop on error', help: 'Fail all the same, after the steps.' }), false),
  },
  output: {},
  failures: { 'operation-unknown': 'There is no such operation, or it is not active.' },
  examples: [
    {
      given: { serviceOperationReference: 'service/tools/echo', input: { a: 1 } },
      gives: { a: 1 },
      note: 'echo gives its input.',
    },
    { given: { serviceOperationReference: 'service/tools/echo', input: [1] }, fails: 'input-invalid' },
    { given: { serviceOperationReference: 'service/tools/none' }, fails: 'operation-unknown' },
    { given: { serviceOperationReference: 'service/tools/none', onError: 'instead' }, gives: 'instead' },
    {
      given: { serviceOperationReference: 'service/tools/none', onError: 'instead', stopOnError: true },
      fails: 'operation-unknown',
    },
  ],
  run: ({ serviceOperationReference, input, onError, stopOnError }, context) =>
    recover(
      () => context.call(serviceOperationReference, input),
      (thrown) => answerFailure(thrown, onError, stopOnError),
    ),
});
