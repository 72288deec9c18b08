import { array, defineAction, isTruthy } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { byFields, eachValue } from './by.ts';

export default defineAction({
  id: 'array/partition',
  title: 'Partition',
  summary: 'Splits an array into the items for which a condition holds and the others.',
  documentation: `
The result is \`[items where it holds, other items]\`, each in their order. The condition is the value at \`path\`, or what
the steps of \`foreach\` give with the scope \`index\` and \`value\`; anything but false and null holds, so that 0 and an
empty text do. \`iteration/filter\` gives only the first array, \`array/split\` splits at a position.`,
  fields: { array: array({ label: 'Array' }), ...byFields },
  output: { type: 'array', items: { type: 'array' } },
  examples: [
    {
      given: { array: [{ id: 1, paid: true }, { id: 2, paid: false }, { id: 3 }], path: 'paid' },
      gives: [[{ id: 1, paid: true }], [{ id: 2, paid: false }, { id: 3 }]],
    },
    {
      given: { array: [8, 21, 3], foreach: { $op: 'less-than', of: [{ $ref: ['item', 'value'] }, 10] } },
      gives: [[8, 3], [21]],
    },
    {
      given: { array: [0, null, '', false] },
      gives: [
        [0, ''],
        [null, false],
      ],
    },
    { given: { array: [], path: 'paid' }, gives: [[], []] },
    { given: { array: {}, path: 'paid' }, fails: 'input-invalid' },
  ],
  run: ({ array, ...by }) => {
    const holding: unknown[] = [];
    const others: unknown[] = [];
    const done = eachValue(array, by, (value, index) => (isTruthy(value) ? holding : others).push(array[index]));
    return after(done, () => [holding, others]);
  },
});
