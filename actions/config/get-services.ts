import { defineAction } from '../kit/index.ts';
import { tools } from './example-project.ts';
import { documentsSchema } from './resource.ts';

export default defineAction({
  id: 'config/get-services',
  title: 'Get services',
  summary: 'Gives the documents of all services of the project.',
  documentation: `
The list is that of the deployment that the run began with, inactive services included; drafts are not in it. Each is what
\`config/get-service\` gives, with its secrets as references.`,
  fields: {},
  output: documentsSchema,
  examples: [
    {
      given: {},
      gives: [tools],
      note: 'The project of these examples has one.',
    },
    {
      given: { id: 'none' },
      gives: [tools],
      note: 'It takes no fields, and does not look at what is given anyway.',
    },
  ],
  run: (_, context) => context.host.project.list('service'),
});
