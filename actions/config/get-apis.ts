import { defineAction } from '../kit/index.ts';
import { shop } from './example-project.ts';
import { documentsSchema } from './resource.ts';

export default defineAction({
  id: 'config/get-apis',
  title: 'Get APIs',
  summary: 'Gives the documents of all APIs of the project.',
  documentation: `
The list is that of the deployment that the run began with; drafts are not in it. Each is what \`config/get-api\` gives: the stored document with
the whole OpenAPI description in it. To look through a list for one, \`iteration/find\` compares what the documents hold.`,
  fields: {},
  output: documentsSchema,
  examples: [
    {
      given: {},
      gives: [shop],
      note: 'The project of these examples has one.',
    },
    {
      given: { id: 'none' },
      gives: [shop],
      note: 'It takes no fields, and does not look at what is given anyway.',
    },
  ],
  run: (_, context) => context.host.project.list('api'),
});
