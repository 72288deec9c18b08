import { defineAction, lazy, optional, string } from '../kit/index.ts';

export default defineAction({
  id: 'organization/group',
  title: 'Group',
  summary: 'Holds steps that belong together, and gives their result.',
  documentation: `
The steps run as if they stood in place of the group: they share its variables and scopes, and their failures are its
own. The group is a workflow of its own only for \`scope/break\`, which leaves the group, not what is around it.`,
  fields: {
    name: optional(string({ label: 'Name', help: 'For the reader only.' })),
    do: lazy({ label: 'Steps' }),
  },
  output: {},
  examples: [
    { given: { name: 'Prices', do: 12 }, gives: 12 },
    { given: { do: [] }, gives: [] },
    { given: { name: 'Prices' }, fails: 'input-invalid' },
  ],
  run: ({ do: steps }) => steps(),
});
