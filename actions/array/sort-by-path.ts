import { ActionFailure, array, defineAction, describeValue, oneOf, optional } from '../kit/index.ts';
import { openOrder } from '../support/order.ts';
import { path, readPath } from '../support/path.ts';
import { toText } from '../support/text.ts';

const numerals = { integer: /^[+-]?\d+$/, float: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/ };
const longestNumeral = 400;

/** The number that a value is or spells; a whole one beyond 2^53 stays exact. */
const numberOf = (value: unknown, type: 'integer' | 'float', where: string): number | bigint => {
  if (typeof value === 'number' && (type === 'integer' ? Number.isInteger(value) : !Number.isNaN(value))) return value;
  if (typeof value === 'string' && value.length <= longestNumeral && numerals[type].test(value)) {
    const number = Number(value);
    return type === 'float' || Number.isSafeInteger(number) ? number : BigInt(value.replace(/^\+/, ''));
  }
  const allowed = type === 'integer' ? 'a whole number' : 'a number';
  throw new ActionFailure(
    'input-invalid',
    `${where} must be ${allowed}, or a text that spells one, found ${describeValue(value)}; choose another value type`,
  );
};

export default defineAction({
  id: 'array/sort-by-path',
  title: 'Sort by path',
  summary: 'Sorts objects by a value inside them that is compared as a chosen type.',
  documentation: `
As \`integer\` or \`float\`, a text that spells a number counts as that number, and one that does not fails. As \`string\`,
numbers, true and false count as their text, and texts are compared by code points: "10" comes before "9". Where the value is
missing or null the item comes last in either order. Items with equal values keep their order. \`array/sort-by\` takes several
keys and compares values as they are.`,
  fields: {
    array: array({ label: 'Array' }),
    path: path({
      label: 'Path',
      help: 'Key of the items (`a.b` is one), or a list of the keys and indexes that lead to the value.',
    }),
    order: optional(oneOf(['ascending', 'descending'], { label: 'Order' }), 'ascending'),
    'value-type': oneOf(['float', 'integer', 'string'], { label: 'Value type', help: 'How values are compared.' }),
  },
  output: { type: 'array' },
  examples: [
    {
      given: {
        array: [{ qty: '10' }, { qty: 9 }, {}, { qty: '+2' }],
        path: 'qty',
        order: 'descending',
        'value-type': 'integer',
      },
      gives: [{ qty: '10' }, { qty: 9 }, { qty: '+2' }, {}],
    },
    {
      given: { array: [{ qty: '10' }, { qty: 9 }], path: 'qty', order: 'ascending', 'value-type': 'string' },
      gives: [{ qty: '10' }, { qty: 9 }],
    },
    {
      given: {
        array: [{ at: [2.5, 'b'] }, { at: [0.5, 'a'] }],
        path: ['at', 0],
        order: 'ascending',
        'value-type': 'float',
      },
      gives: [{ at: [0.5, 'a'] }, { at: [2.5, 'b'] }],
    },
    {
      given: { array: [{ qty: 'many' }], path: 'qty', order: 'ascending', 'value-type': 'integer' },
      fails: 'input-invalid',
    },
  ],
  run: ({ array, path, order, 'value-type': type }) => {
    const present: { item: unknown; value: unknown }[] = [];
    const missing: unknown[] = [];
    for (let index = 0; index < array.length; index += 1) {
      const item = array[index];
      const value = readPath(item, path);
      const where = `The value at \`path\` in \`array[${index}]\``;
      if (value === null) missing.push(item);
      else present.push({ item, value: type === 'string' ? toText(value, where) : numberOf(value, type, where) });
    }
    const compare = openOrder('array');
    const sign = order === 'ascending' ? 1 : -1;
    present.sort((a, b) => sign * compare(a.value, b.value));
    return present.map(({ item }) => item).concat(missing);
  },
});
