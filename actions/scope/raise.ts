import { ActionFailure, defineAction, describeValue, optional, string } from '../kit/index.ts';

const longestCode = 64;

export default defineAction({
  id: 'scope/raise',
  title: 'Raise error',
  summary: 'Fails with a message of your own.',
  keywords: ['abort', 'exception', 'throw'],
  documentation: `
The failure has the code \`raised\`, or \`code\`, so that handlers can tell failures apart. The nearest \`conditional/try\` or \`onError\` handles it and sees the message in
its scope \`error\`; without one the run ends as failed. The message is written to the log, so secrets have no place in
it.`,
  fields: {
    message: string({ label: 'Message' }),
    code: optional(
      string({ label: 'Code', help: 'Of your own, in small letters with dashes, such as order-closed.' }),
      'raised',
    ),
  },
  output: null,
  failures: { raised: 'Always; that is what it is for.' },
  examples: [
    { given: { message: 'The order is closed.' }, fails: 'raised' },
    { given: { message: 404 }, fails: 'input-invalid' },
  ],
  run: ({ message, code }) => {
    if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(code) || code.length > longestCode) {
      throw new ActionFailure(
        'input-invalid',
        `\`code\` must be small letters and digits with single dashes between, at most ${longestCode} in all, found ${describeValue(code)}`,
      );
    }
    throw new ActionFailure(code, message);
  },
});
