import { ActionFailure, defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'scope/raise',
  title: 'Raise error',
  summary: 'Fails with a message of your own.',
  documentation:
    'The failure has the code `raised`. The nearest `conditional/try` or `onError` handles it; without one the run ends as failed.',
  fields: { message: string({ label: 'Message' }) },
  output: null,
  examples: [
    { given: { message: 'The order is closed.' }, fails: 'raised' },
    { given: { message: 404 }, fails: 'input-invalid' },
  ],
  run: ({ message }) => {
    throw new ActionFailure('raised', message);
  },
});
