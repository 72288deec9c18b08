import { defineAction, optional, reference, string } from '../kit/index.ts';
import { tools } from './example-project.ts';
import { documentSchema, findDocument } from './resource.ts';

export default defineAction({
  id: 'config/get-service',
  title: 'Get service',
  summary: 'Gives the document of a service.',
  documentation: `
The document is as it is stored, operations, their schemas and workflows included. It is that of the deployment that the run began
with. Secrets in it stay references, \`{"$secret": "name"}\`. Sluice keeps one live version of each resource and has the older ones in its
history, so \`version\` is there for imported workflows and changes nothing.`,
  fields: {
    serviceReference: reference('service', { label: 'Service', help: 'Its address: service/<id>.' }),
    version: optional(string({ label: 'Version', help: 'Changes nothing: there is one live version.' })),
  },
  output: documentSchema,
  failures: { 'service-unknown': 'The project has no service of this id.' },
  examples: [
    {
      given: { serviceReference: 'service/tools' },
      gives: tools,
    },
    {
      given: { serviceReference: 'tools', version: '7' },
      gives: tools,
      note: 'The bare id will do, and any version.',
    },
    { given: { serviceReference: 'service/none' }, fails: 'service-unknown' },
    { given: { serviceReference: 7 }, fails: 'input-invalid' },
  ],
  run: ({ serviceReference }, context) => findDocument(context, 'service', serviceReference, 'serviceReference'),
});
