import { array, defineAction, optional } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { path, readPath } from '../support/path.ts';
import { byFields, eachKey } from './by.ts';

export default defineAction({
  id: 'array/group-by',
  title: 'Group by',
  summary: 'Sorts the items of an array into groups by a key.',
  keywords: ['bucket', 'categorize'],
  documentation: `
The result has an array for each key, with its items in their order. The key is the value at \`path\`, or what the steps of
\`foreach\` give with the scope \`index\` and \`value\`; left out, it is the item itself. Numbers, true, false and dates
become texts, so that 1 and "1" are one group, and what is missing is in the group "null". Arrays and objects are no keys and
fail. Groups stand in the order in which their first items come, but keys that are whole numbers come first, as in any
JavaScript object. \`take\` gives only one value of each item.`,
  fields: {
    array: array({ label: 'Array' }),
    ...byFields,
    take: optional(path({ label: 'Take', help: 'Path to what is kept of each item; the whole item by default.' })),
  },
  output: { type: 'object', additionalProperties: { type: 'array' } },
  examples: [
    {
      given: {
        array: [
          { id: 1, state: 'open' },
          { id: 2, state: 'paid' },
          { id: 3, state: 'open' },
        ],
        path: 'state',
      },
      gives: {
        open: [
          { id: 1, state: 'open' },
          { id: 3, state: 'open' },
        ],
        paid: [{ id: 2, state: 'paid' }],
      },
    },
    {
      given: {
        array: [{ id: 1, by: { team: 'a' } }, { id: 2, by: { team: 'b' } }, { id: 3 }],
        path: ['by', 'team'],
        take: 'id',
      },
      gives: { a: [1], b: [2], null: [3] },
    },
    {
      given: { array: [5, 30, 12], foreach: { $op: 'greater-than', of: [{ $ref: ['item', 'value'] }, 10] } },
      gives: { true: [30, 12], false: [5] },
    },
    { given: { array: [], path: 'state' }, gives: {} },
    { given: { array: [{ state: ['open'] }], path: 'state' }, fails: 'input-invalid' },
    { given: { array: [1], path: 'a', foreach: 'b' }, fails: 'input-invalid', note: 'Only one of them can be.' },
  ],
  run: ({ array, take, ...by }) => {
    const groups = new Map<string, unknown[]>();
    const done = eachKey(array, by, (key, index) => {
      const item = take === undefined ? array[index] : readPath(array[index], take);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    });
    return after(done, () => Object.fromEntries(groups));
  },
});
