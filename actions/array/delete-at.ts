import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/delete-at',
  title: 'Delete at',
  summary: 'Removes the item at a position of an array.',
  documentation: `
The first item is at 0, and -1 is the last one. Where there is no item the array comes back as it is, which is how to tell:
the number of items has not changed.`,
  fields: {
    array: array({ label: 'Array' }),
    index: integer({ label: 'Index', help: 'From 0; a negative number counts from the end.' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: ['red', 'green', 'blue'], index: 0 }, gives: ['green', 'blue'] },
    { given: { array: ['red', 'green', 'blue'], index: -1 }, gives: ['red', 'green'] },
    { given: { array: [1, 2], index: 2 }, gives: [1, 2] },
    { given: { array: [1, 2], index: -3 }, gives: [1, 2] },
    { given: { array: [1, 2], index: 0.5 }, fails: 'input-invalid' },
  ],
  run: ({ array, index }) => {
    const at = index < 0 ? array.length + index : index;
    return at < 0 || at >= array.length ? array : array.toSpliced(at, 1);
  },
});
