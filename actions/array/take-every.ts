import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/take-every',
  title: 'Take every',
  summary: 'Keeps every nth item of an array, the first one included.',
  documentation: `
With \`nth\` 3 the items at 0, 3, 6 and so on are kept. 1 keeps all items and 0 none. Good for thinning out a series of
readings. \`array/drop-every\` keeps the others.`,
  fields: {
    array: array({ label: 'Array' }),
    nth: integer({ label: 'Nth', help: '2 keeps every other item; 0 keeps nothing.', minimum: 0 }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'b', 'c', 'd', 'e'], nth: 2 }, gives: ['a', 'c', 'e'] },
    { given: { array: [1, 2, 3], nth: 0 }, gives: [] },
    { given: { array: [1, 2, 3], nth: 10 }, gives: [1] },
    { given: { array: [1, 2, 3], nth: -1 }, fails: 'input-invalid' },
  ],
  run: ({ array, nth }) => (nth === 0 ? [] : array.filter((_, index) => index % nth === 0)),
});
