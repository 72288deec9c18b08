import { ActionFailure, defineAction, isPlainObject, reference } from '../kit/index.ts';

export default defineAction({
  id: 'config/get-service-operation-arguments',
  title: 'Get arguments of a service operation',
  summary: 'Gives the JSON Schema of the input of a service operation.',
  documentation: `
It is the schema as it is stored with the operation (\`input\`), in the deployment that the run began with: its \`properties\` are the arguments,
its \`required\` those that must be given. An operation without one takes anything, and the result is the empty schema, \`{}\`. An operation
that is not active is found as well.`,
  fields: {
    serviceOperationReference: reference('service', {
      label: 'Operation',
      help: 'Its address: service/<id>/<operation>.',
    }),
  },
  output: {},
  failures: { 'operation-unknown': 'The project has no such service operation.' },
  examples: [
    {
      given: { serviceOperationReference: 'service/tools/echo' },
      gives: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
    },
    { given: { serviceOperationReference: 'service/tools/none' }, fails: 'operation-unknown' },
    { given: { serviceOperationReference: 'service/tools' }, fails: 'operation-unknown' },
    { given: { serviceOperationReference: null }, fails: 'input-invalid' },
  ],
  run: ({ serviceOperationReference }, { host }) => {
    const [kind, id = '', name, ...rest] = serviceOperationReference.split('/');
    const service = kind === 'service' && rest.length === 0 ? host.project.find('service', id) : undefined;
    const operations = Array.isArray(service?.operations) ? (service.operations as unknown[]) : [];
    const operation = operations.find((candidate) => isPlainObject(candidate) && candidate.id === name);
    if (isPlainObject(operation)) return operation.input ?? {};
    throw new ActionFailure(
      'operation-unknown',
      '`serviceOperationReference` must name an operation of a service of this project, service/<id>/<operation>; there is no such one',
    );
  },
});
