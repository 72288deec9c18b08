import { defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'integer/to-float',
  title: 'To float',
  summary: 'Gives a whole number as a number that may have a fraction.',
  documentation: `
Numbers are of one kind here, as in JSON: 10 and 10.0 are the same, and the result is the number that was given. The action is
there for configurations that use it, and makes sure that the number is whole. To write 10 as 10.0 use \`float/to-string\`.`,
  fields: { integer: integer({ label: 'Integer' }) },
  output: { type: 'number' },
  examples: [
    { given: { integer: 10 }, gives: 10 },
    { given: { integer: -3 }, gives: -3 },
    { given: { integer: 1.5 }, fails: 'input-invalid' },
  ],
  run: ({ integer }) => integer,
});
