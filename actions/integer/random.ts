import { ActionFailure, defineAction, integer, optional } from '../kit/index.ts';

export default defineAction({
  id: 'integer/random',
  title: 'Random',
  summary: 'Gives a random whole number from 1 to a maximum.',
  keywords: ['dice', 'rand'],
  documentation: `
Both ends may come out, and all numbers between are equally likely; \`minimum\` sets another lower end. It is not for secrets:
\`security/random-token\` is. A run that is replayed gets the same number again.`,
  fields: {
    maximum: integer({ label: 'Maximum', help: 'The largest number that may come out.' }),
    minimum: optional(integer({ label: 'Minimum', help: 'The smallest number that may come out.' }), 1),
  },
  output: { type: 'integer' },
  examples: [
    { given: { maximum: 1 }, gives: 1, note: 'The only number there is; others differ every time.' },
    { given: { minimum: -5, maximum: -5 }, gives: -5 },
    { given: { maximum: 0 }, fails: 'input-invalid', note: 'The minimum is 1.' },
    { given: { maximum: 9007199254740991, minimum: -1 }, fails: 'input-invalid', note: 'The range is too large.' },
  ],
  run: ({ maximum, minimum }, { host }) => {
    const count = maximum - minimum + 1;
    if (count < 1 || !Number.isSafeInteger(count)) {
      throw new ActionFailure(
        'input-invalid',
        `\`minimum\` must be at most \`maximum\`, and less than ${Number.MAX_SAFE_INTEGER} below it, found ${minimum} and ${maximum}`,
      );
    }
    return minimum + Math.floor(host.random() * count);
  },
});
