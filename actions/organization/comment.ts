import { defineAction, optional, string } from '../kit/index.ts';

export default defineAction({
  id: 'organization/comment',
  title: 'Comment',
  summary: 'Says something to whoever reads the workflow.',
  keywords: ['annotation', 'note', 'remark'],
  documentation: `
It does nothing. It has no result, so the variables stay as they are, and the action after it sees the output of the one
before it. A workflow that gives the result of its last action gives null when a comment is the last.`,
  fields: { comment: optional(string({ label: 'Comment' })) },
  output: null,
  examples: [
    { given: { comment: 'Prices are in cents from here on.' }, gives: null },
    { given: {}, gives: null },
    { given: { comment: 7 }, fails: 'input-invalid' },
  ],
  run: () => null,
});
