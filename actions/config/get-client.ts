import { defineAction, reference } from '../kit/index.ts';
import { post } from './example-project.ts';
import { documentSchema, findDocument } from './resource.ts';

export default defineAction({
  id: 'config/get-client',
  title: 'Get client',
  summary: 'Gives the document of a client.',
  documentation: `
The document is as it is stored, \`type\` and \`settings\` included. It is that of the deployment that the run began with. Secrets in it stay
references, \`{"$secret": "name"}\`, and are never filled in here; what was written into the settings as plain text is there as plain text.`,
  fields: {
    clientReference: reference('client', { label: 'Client', help: 'Its address: client/<id>.' }),
  },
  output: documentSchema,
  failures: { 'client-unknown': 'The project has no client of this id.' },
  examples: [
    {
      given: { clientReference: 'client/post' },
      gives: post,
    },
    {
      given: { clientReference: 'post' },
      gives: post,
      note: 'The bare id will do.',
    },
    { given: { clientReference: 'client/none' }, fails: 'client-unknown' },
    { given: { clientReference: 7 }, fails: 'input-invalid' },
  ],
  run: ({ clientReference }, context) => findDocument(context, 'client', clientReference, 'clientReference'),
});
