import { ActionFailure, any, defineAction, number, rows } from '../kit/index.ts';

export default defineAction({
  id: 'random/weighted',
  title: 'Random by weight',
  summary: 'Draws one of several values, some more often than others.',
  documentation: `
A value is drawn as often as its weight is part of all weights: 3 and 1 give the first in three of four cases. Weights need not
add up to anything; one of 0 is never drawn. For sharing out traffic and for test data, not for secrets: it uses the source for
numbers that a replay repeats. \`array/random\` draws without weights.`,
  fields: {
    choices: rows(
      { value: any({ label: 'Value' }), weight: number({ label: 'Weight', minimum: 0, maximum: 1e15 }) },
      { label: 'Choices', help: 'At most 10,000.' },
    ),
  },
  output: {},
  examples: [
    { given: { choices: [{ value: 'only', weight: 1 }] }, gives: 'only' },
    {
      given: {
        choices: [
          { value: 'never', weight: 0 },
          { value: 'always', weight: 0.5 },
        ],
      },
      gives: 'always',
    },
    { given: { choices: [{ value: 'never', weight: 0 }] }, fails: 'input-invalid' },
    { given: { choices: [] }, fails: 'input-invalid' },
    { given: { choices: [{ value: 1, weight: -1 }] }, fails: 'input-invalid' },
  ],
  run: ({ choices }, { host }) => {
    const total = choices.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0 || choices.length > 10_000) {
      throw new ActionFailure(
        'input-invalid',
        '`choices` must have 1 to 10000 members, one of them with a weight above 0',
      );
    }
    let left = host.random() * total;
    for (const { value, weight } of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    // Only what rounding left over.
    return choices.findLast(({ weight }) => weight > 0)?.value;
  },
});
