import { ActionFailure, defineAction, number, optional } from '../kit/index.ts';

export default defineAction({
  id: 'float/random',
  title: 'Random',
  summary: 'Gives a random number between 0 and 1, or between two other numbers.',
  keywords: ['rand'],
  documentation: `
All numbers of the range are equally likely; the smaller end may come out, the larger one does not unless it is the only number.
It is not for secrets: \`security/random-token\` is. A run that is replayed gets the same number again.`,
  fields: {
    minimum: optional(number({ label: 'Minimum' }), 0),
    maximum: optional(number({ label: 'Maximum' }), 1),
  },
  output: { type: 'number' },
  examples: [
    { given: { minimum: 2.5, maximum: 2.5 }, gives: 2.5, note: 'The only number there is; others differ every time.' },
    { given: { minimum: 2, maximum: 1 }, fails: 'input-invalid' },
    { given: { maximum: '1' }, fails: 'input-invalid' },
  ],
  run: ({ minimum, maximum }, { host }) => {
    if (minimum > maximum) {
      throw new ActionFailure(
        'input-invalid',
        `\`minimum\` must be at most \`maximum\`, found ${minimum} and ${maximum}`,
      );
    }
    const share = host.random();
    // Unlike minimum + share * (maximum - minimum), this does not overflow; rounding may go past the end.
    return Math.min(maximum, minimum * (1 - share) + maximum * share) + 0;
  },
});
