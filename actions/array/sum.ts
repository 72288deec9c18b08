import { array, defineAction } from '../kit/index.ts';
import { addNumbers } from './numbers.ts';

export default defineAction({
  id: 'array/sum',
  title: 'Sum',
  summary: 'Adds the numbers of an array.',
  keywords: ['add up', 'total'],
  documentation: `
They are added as IEEE 754 doubles from the first to the last, so that 0.1 and 0.2 make 0.30000000000000004. An empty array
makes 0. An item that is no number fails, null and a text that spells a number included. For a key of objects see
\`array/sum-by\`.`,
  fields: { array: array({ label: 'Array', items: { type: 'number' } }) },
  output: { type: 'number' },
  failures: { 'too-large': 'The sum is not finite, or whole numbers add up to more than 9,007,199,254,740,991.' },
  examples: [
    { given: { array: [12, -2, 0.5] }, gives: 10.5 },
    { given: { array: [] }, gives: 0 },
    { given: { array: [1, '2'] }, fails: 'input-invalid' },
    { given: { array: [9007199254740991, 1] }, fails: 'too-large' },
  ],
  run: ({ array }) => addNumbers(array, (index) => `\`array[${index}]\``),
});
