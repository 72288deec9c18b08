import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'variable/set',
  title: 'Set variable',
  summary: 'Stores a value where the output location of the action says.',
  keywords: ['assign', 'let'],
  documentation: `
The value is the result; the output location names the variable, for example \`["variables", "total"]\`, or a place
inside one. Variables are shared with the steps inside this workflow; branches that run at once each have a copy, and
what they set is not seen outside. Null has to be said: a value that is left out fails.`,
  fields: { value: any({ label: 'Value' }) },
  output: {},
  examples: [
    { given: { value: 12 }, gives: 12 },
    { given: { value: { items: [null] } }, gives: { items: [null] } },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => value,
});
