import { defineAction, reference } from '../kit/index.ts';
import { web } from './example-project.ts';
import { documentSchema, findDocument } from './resource.ts';

export default defineAction({
  id: 'config/get-server',
  title: 'Get server',
  summary: 'Gives the document of a server.',
  documentation: `
The document is as it is stored, operations and their workflows included. It is that of the deployment that the run began with;
whether the server runs at this moment is not in it, only whether it is meant to (\`active\`, which is true when it is left out). Secrets in
it stay references, \`{"$secret": "name"}\`.`,
  fields: {
    serverReference: reference('server', { label: 'Server', help: 'Its address: server/<id>.' }),
  },
  output: documentSchema,
  failures: { 'server-unknown': 'The project has no server of this id.' },
  examples: [
    {
      given: { serverReference: 'server/web' },
      gives: web,
    },
    {
      given: { serverReference: 'web' },
      gives: web,
      note: 'The bare id will do.',
    },
    { given: { serverReference: 'server/none' }, fails: 'server-unknown' },
    { given: { serverReference: 7 }, fails: 'input-invalid' },
  ],
  run: ({ serverReference }, context) => findDocument(context, 'server', serverReference, 'serverReference'),
});
