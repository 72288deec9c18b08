import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'scope/set',
  title: 'Set value',
  summary: 'Sets a value for later use where the output location of the action says.',
  keywords: ['assign'],
  documentation: `
The value is the result. The output location of the action says where it goes: \`["variables", "output"]\` if left out,
another variable, or a place inside one such as \`["variables", "order", "items", 0]\`; what is missing on the way there
is made. Scopes that come from outside (request, input, received, error) cannot be set. It does the same as
\`variable/set\`.`,
  fields: { value: any({ label: 'Value' }) },
  output: {},
  examples: [
    { given: { value: 'ready' }, gives: 'ready' },
    { given: { value: null }, gives: null },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => value,
});
