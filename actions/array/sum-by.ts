import { array, defineAction } from '../kit/index.ts';
import { path, readPath } from '../support/path.ts';
import { addNumbers } from './numbers.ts';

export default defineAction({
  id: 'array/sum-by',
  title: 'Sum by',
  summary: 'Adds the numbers at a path inside of the items of an array.',
  keywords: ['add up', 'total'],
  documentation: `
An item where the number is missing or null does not count; any other value that is no number fails. They are added as IEEE
754 doubles, as by \`array/sum\`. For amounts of money in fractions, add whole cents.`,
  fields: {
    array: array({ label: 'Array' }),
    path: path({
      label: 'Path',
      help: 'Key of the items (`a.b` is one), or a list of the keys and indexes that lead to the number.',
    }),
  },
  output: { type: 'number' },
  failures: { 'too-large': 'The sum is not finite, or whole numbers add up to more than 9,007,199,254,740,991.' },
  examples: [
    { given: { array: [{ cents: 1250 }, { cents: 99 }, {}], path: 'cents' }, gives: 1349 },
    { given: { array: [{ size: [3, 4] }, { size: [1, 2] }], path: ['size', -1] }, gives: 6 },
    { given: { array: [], path: 'cents' }, gives: 0 },
    { given: { array: [{ cents: '99' }], path: 'cents' }, fails: 'input-invalid' },
    { given: { array: [{ n: 1e308 }, { n: 1e308 }], path: 'n' }, fails: 'too-large' },
  ],
  run: ({ array, path }) =>
    addNumbers(
      array.map((item) => readPath(item, path) ?? 0),
      (index) => `The value at \`path\` in \`array[${index}]\``,
    ),
});
