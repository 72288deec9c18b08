import { ActionFailure, defineAction, number, optional } from '../kit/index.ts';

export default defineAction({
  id: 'number/clamp',
  title: 'Clamp',
  summary: 'Keeps a number inside of a range.',
  keywords: ['bound', 'limit', 'max', 'min'],
  documentation: `
A number below the minimum becomes the minimum, one above the maximum the maximum, and any other stays. Either end may be left
out. A minimum above the maximum fails. To tell whether a number is inside of a range, compare the result with it.`,
  fields: {
    number: number({ label: 'Number' }),
    minimum: optional(number({ label: 'Minimum', help: 'No lower end if left out.' })),
    maximum: optional(number({ label: 'Maximum', help: 'No upper end if left out.' })),
  },
  output: { type: 'number' },
  examples: [
    { given: { number: 120, minimum: 1, maximum: 100 }, gives: 100 },
    { given: { number: 0.5, minimum: 0, maximum: 1 }, gives: 0.5 },
    { given: { number: -3, minimum: 0 }, gives: 0 },
    { given: { number: 5, minimum: 10, maximum: 1 }, fails: 'input-invalid' },
  ],
  run: ({ number, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }) => {
    if (minimum > maximum) {
      throw new ActionFailure(
        'input-invalid',
        `\`minimum\` must be at most \`maximum\`, found ${minimum} and ${maximum}`,
      );
    }
    return Math.min(maximum, Math.max(minimum, number)) + 0;
  },
});
