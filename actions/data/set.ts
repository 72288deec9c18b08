import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'data/set',
  title: 'Set',
  summary: 'Gives a value, which is stored where the output location of the action says.',
  keywords: ['assign', 'clone', 'constant', 'copy', 'literal'],
  documentation: `
This is the older name of variable/set, for configurations that still have it. With a reference as its value it copies what
the reference leads to, as the older data/copy did.`,
  fields: { value: any({ label: 'Value' }) },
  output: {},
  examples: [
    { given: { value: { total: 12 } }, gives: { total: 12 } },
    { given: { value: null }, gives: null },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => value,
});
