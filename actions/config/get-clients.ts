import { defineAction } from '../kit/index.ts';
import { post } from './example-project.ts';
import { documentsSchema } from './resource.ts';

export default defineAction({
  id: 'config/get-clients',
  title: 'Get clients',
  summary: 'Gives the documents of all clients of the project.',
  documentation: `
The list is that of the deployment that the run began with, inactive clients included; drafts are not in it. Each is what
\`config/get-client\` gives, with its secrets as references.`,
  fields: {},
  output: documentsSchema,
  examples: [
    {
      given: {},
      gives: [post],
      note: 'The project of these examples has one.',
    },
    {
      given: { id: 'none' },
      gives: [post],
      note: 'It takes no fields, and does not look at what is given anyway.',
    },
  ],
  run: (_, context) => context.host.project.list('client'),
});
