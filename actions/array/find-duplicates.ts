import { array, defineAction } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { openIdentities } from '../support/distinct.ts';
import { byFields, eachValue } from './by.ts';

export default defineAction({
  id: 'array/find-duplicates',
  title: 'Find duplicates',
  summary: 'Gives the values that occur more than once in an array.',
  keywords: ['repeated'],
  documentation: `
Each is given once, in the order in which repetitions show up; an empty result says that all are different. With \`path\` or
\`foreach\` (whose steps see the scope \`index\` and \`value\`) the values inside of the items are compared and given, not the
items. What is missing does not count as a repetition. 1 and "1" are different; arrays and objects are equal when everything
in them is.`,
  fields: { array: array({ label: 'Array' }), ...byFields },
  output: { type: 'array' },
  examples: [
    { given: { array: ['a', 'b', 'a', 'c', 'b', 'a'] }, gives: ['a', 'b'] },
    { given: { array: [{ id: 7 }, { id: 8 }, { id: 7 }], path: 'id' }, gives: [7] },
    { given: { array: [{}, {}, { id: null }], path: 'id' }, gives: [] },
    { given: { array: [1, '1', [1], [1]] }, gives: [[1]] },
    { given: { array: 'aa' }, fails: 'input-invalid' },
  ],
  run: ({ array, ...by }) => {
    const identify = openIdentities('array');
    const seen = new Set<unknown>();
    const repeated = new Map<unknown, unknown>();
    const done = eachValue(array, by, (value) => {
      if (value === null) return;
      const identity = identify(value);
      if (seen.has(identity)) {
        if (!repeated.has(identity)) repeated.set(identity, value);
      } else seen.add(identity);
    });
    return after(done, () => [...repeated.values()]);
  },
});
