import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/drop-every',
  title: 'Drop every',
  summary: 'Removes every nth item of an array, the first one included.',
  documentation: `
With \`nth\` 3 the items at 0, 3, 6 and so on are removed. 1 removes all items and 0 none. The items that are removed here are
those that \`array/take-every\` keeps.`,
  fields: {
    array: array({ label: 'Array' }),
    nth: integer({ label: 'Nth', help: '2 removes every other item; 0 removes nothing.', minimum: 0 }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, 2, 3, 4, 5, 6, 7], nth: 3 }, gives: [2, 3, 5, 6] },
    { given: { array: [1, 2, 3], nth: 0 }, gives: [1, 2, 3] },
    { given: { array: [1, 2, 3], nth: 1 }, gives: [] },
    { given: { array: [1, 2, 3], nth: -1 }, fails: 'input-invalid' },
  ],
  run: ({ array, nth }) => (nth === 0 ? array : array.filter((_, index) => index % nth !== 0)),
});
