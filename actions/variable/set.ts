import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'variable/set',
  title: 'Set variable',
  summary: 'Stores a value where the output location of the action says.',
  documentation:
    'The value is the result; the output location names the variable, for example `["variables", "total"]`.',
  fields: { value: any({ label: 'Value' }) },
  output: {},
  examples: [
    { given: { value: 12 }, gives: 12 },
    { given: { value: { items: [null] } }, gives: { items: [null] } },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => value,
});
