import { defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'system/product-info',
  title: 'Product information',
  summary: 'Gives name and version of the engine that performs the workflow.',
  documentation: `
\`name\` is Sluice, whatever the installation calls itself in the setting \`name\`; \`version\` is the version of the program by Semantic Versioning 2.0,
the same that \`sluice version\` and the health endpoint tell. Workflows that came from elsewhere use it to see what they run on.`,
  fields: {},
  output: {
    type: 'object',
    properties: { name: { type: 'string' }, version: { type: 'string' } },
    required: ['name', 'version'],
  },
  examples: [
    { given: {}, gives: { name: 'Sluice', version: '1.0.0' }, note: 'With the version that runs.' },
    {
      given: { name: 'other' },
      gives: { name: 'Sluice', version: '1.0.0' },
      note: 'It takes no fields, and does not look at what is given anyway.',
    },
  ],
  run: (_, { host }) => host.product,
});
