import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'scope/set',
  title: 'Set value',
  summary: 'Sets a value for later use where the output location of the action says.',
  fields: { value: any({ label: 'Value' }) },
  output: {},
  examples: [
    { given: { value: 'ready' }, gives: 'ready' },
    { given: { value: null }, gives: null },
  ],
  run: ({ value }) => value,
});
