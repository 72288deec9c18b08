import { boolean, defineAction, lazy, object, optional, reference } from '../kit/index.ts';
import { answerFailure, recover } from '../support/failure.ts';

export default defineAction({
  id: 'service/operation',
  title: 'Call service operation',
  summary: 'Runs an operation of a service and gives its output.',
  documentation: `
The operation runs as a child of this run, with \`input\` as its scope \`input\`. When it fails, \`onError\` runs with the scope \`error\`
(\`name, message, code, node, type\`; \`type\` is the same as \`code\`) and its result replaces the output. \`stopOnError\` raises the failure
again after the handler.`,
  fields: {
    serviceOperationReference: reference('service', {
      label: 'Operation',
      help: 'Its address: service/<id>/<operation>.',
    }),
    input: optional(object({ label: 'Input' }), {}),
    onError: optional(lazy({ label: 'On error', help: 'Steps for when the operation fails.' })),
    stopOnError: optional(boolean({ label: 'Stop on error' }), false),
  },
  output: {},
  examples: [
    {
      given: { serviceOperationReference: 'service/tools/echo', input: { a: 1 } },
      gives: { a: 1 },
      note: 'echo gives its input.',
    },
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
