import { array, defineAction } from '../kit/index.ts';
import { checkDepth, checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'array/flatten',
  title: 'Flatten',
  summary: 'Puts the items of arrays inside an array in their place, at every level.',
  keywords: ['flat'],
  documentation: `
Arrays inside arrays are followed up to 1,000 levels, and those inside objects are left alone. Empty arrays disappear; null is
an item like any other. The result may have 1,000,000 items. To take away only one level, use \`array/concatenate\` or a
JSONata expression.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'array' },
  examples: [
    { given: { array: [1, [2, [3, [4]]], 5] }, gives: [1, 2, 3, 4, 5] },
    { given: { array: [[], [[]], null] }, gives: [null] },
    { given: { array: [{ list: [1, [2]] }] }, gives: [{ list: [1, [2]] }] },
    { given: { array: { a: [1] } }, fails: 'input-invalid' },
  ],
  run: ({ array }) => {
    if (!array.some(Array.isArray)) return array;
    const items: unknown[] = [];
    // Arrays are counted as well: those that hold nothing but others could be shared and go on for ever.
    let visited = 0;
    const collect = (nested: unknown[], depth: number): void => {
      checkDepth(depth, 'array');
      for (const item of nested) {
        visited += 1;
        checkTotal(visited, 'array');
        if (Array.isArray(item)) collect(item, depth + 1);
        else items.push(item);
      }
    };
    collect(array, 0);
    return items;
  },
});
