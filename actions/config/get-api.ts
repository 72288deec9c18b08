import { defineAction, optional, reference, string } from '../kit/index.ts';
import { shop } from './example-project.ts';
import { documentSchema, findDocument } from './resource.ts';

export default defineAction({
  id: 'config/get-api',
  title: 'Get API',
  summary: 'Gives the document of an API.',
  documentation: `
The document is as it is stored: \`id\`, \`title\` and the OpenAPI description as \`openapi\`. It is that of the deployment that the run began
with; a deployment meanwhile changes nothing, and drafts are not seen. Sluice keeps one live version of each resource and has the older ones in
its history, so \`version\` is there for imported workflows and changes nothing.`,
  fields: {
    apiReference: reference('api', { label: 'API', help: 'Its address: api/<id>.' }),
    version: optional(string({ label: 'Version', help: 'Changes nothing: there is one live version.' })),
  },
  output: documentSchema,
  failures: { 'api-unknown': 'The project has no API of this id.' },
  examples: [
    {
      given: { apiReference: 'api/shop' },
      gives: shop,
    },
    {
      given: { apiReference: 'shop', version: '7' },
      gives: shop,
      note: 'The bare id will do, and any version.',
    },
    { given: { apiReference: 'api/none' }, fails: 'api-unknown' },
    { given: { apiReference: 7 }, fails: 'input-invalid' },
  ],
  run: ({ apiReference }, context) => findDocument(context, 'api', apiReference, 'apiReference'),
});
