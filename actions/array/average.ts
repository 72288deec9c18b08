import { ActionFailure, array, defineAction, optional } from '../kit/index.ts';
import { path, readPath } from '../support/path.ts';
import { addNumbers } from './numbers.ts';

export default defineAction({
  id: 'array/average',
  title: 'Average',
  summary: 'Gives the arithmetic mean of the numbers of an array.',
  keywords: ['avg', 'mean value'],
  documentation: `
With \`path\` the numbers are inside of the items. What is null or missing does not count, neither for the sum nor for the
number of items; where no number is left there is no mean, and the action fails. Any other value that is no number fails too.`,
  fields: {
    array: array({ label: 'Array' }),
    path: optional(
      path({ label: 'Path', help: 'Where the number is in each item; left out, the item is the number.' }),
    ),
  },
  output: { type: 'number' },
  failures: { 'too-large': 'The sum is not finite, or whole numbers add up to more than 9,007,199,254,740,991.' },
  examples: [
    { given: { array: [1, 2, 6] }, gives: 3 },
    { given: { array: [{ ms: 10 }, { ms: null }, { ms: 15 }], path: 'ms' }, gives: 12.5 },
    { given: { array: [] }, fails: 'input-invalid' },
    { given: { array: [1, 'x'] }, fails: 'input-invalid' },
    { given: { array: [-1e308, -1e308] }, fails: 'too-large' },
  ],
  run: ({ array, path }) => {
    const values = path === undefined ? array : array.map((item) => readPath(item, path));
    let missing = 0;
    for (const value of values) if (value === null || value === undefined) missing += 1;
    if (missing === values.length) {
      throw new ActionFailure(
        'input-invalid',
        `\`array\` must have at least one number, found none in ${missing} items`,
      );
    }
    const inside = path === undefined ? '' : 'The value at `path` in ';
    const where = (index: number): string => `${inside}\`array[${index}]\``;
    return addNumbers(missing === 0 ? values : values.map((value) => value ?? 0), where) / (values.length - missing);
  },
});
