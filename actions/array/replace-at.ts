import { any, array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/replace-at',
  title: 'Replace at',
  summary: 'Replaces the item at a position of an array.',
  documentation: `
The first item is at 0, and -1 is the last one. Where there is no item the array comes back as it is; \`array/insert-at\` and
\`array/add\` make new places.`,
  fields: {
    array: array({ label: 'Array' }),
    index: integer({ label: 'Index', help: 'From 0; a negative number counts from the end.' }),
    value: any({ label: 'Value' }),
  },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'b', 'c'], index: 1, value: null }, gives: ['a', null, 'c'] },
    { given: { array: ['a', 'b', 'c'], index: -1, value: 'z' }, gives: ['a', 'b', 'z'] },
    { given: { array: ['a'], index: 1, value: 'z' }, gives: ['a'] },
    { given: { array: ['a'], index: 'first', value: 'z' }, fails: 'input-invalid' },
  ],
  run: ({ array, index, value }) => {
    const at = index < 0 ? array.length + index : index;
    return at < 0 || at >= array.length ? array : array.with(at, value);
  },
});
