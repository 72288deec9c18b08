import { defineAction } from '../kit/index.ts';
import { web } from './example-project.ts';
import { documentsSchema } from './resource.ts';

export default defineAction({
  id: 'config/get-servers',
  title: 'Get servers',
  summary: 'Gives the documents of all servers of the project.',
  documentation: `
The list is that of the deployment that the run began with, servers that do not run included; drafts are not in it. Each is what
\`config/get-server\` gives, with its secrets as references.`,
  fields: {},
  output: documentsSchema,
  examples: [
    { given: {}, gives: [web], note: 'The project of these examples has one.' },
    {
      given: { active: false },
      gives: [web],
      note: 'It has no fields, so nothing chooses: it gives all, and iteration/filter chooses among them.',
    },
  ],
  run: (_, context) => context.host.project.list('server'),
});
