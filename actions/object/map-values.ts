import { defineAction, lazy, object, optional, string } from '../kit/index.ts';
import { after, inOrder } from '../support/awaitable.ts';

export default defineAction({
  id: 'object/map-values',
  title: 'Map values',
  summary: 'Replaces each value of an object by what steps make of it.',
  keywords: ['transform'],
  documentation: `
The steps run for one key after the other, in the order of \`object/keys\`. Inside them the scope named by \`scope\` holds
\`key\`, \`value\` and \`index\`, from 0. The keys stay as they are. When the steps fail for a key, the action fails and the
remaining keys are not reached.`,
  fields: {
    object: object({ label: 'Object' }),
    foreach: lazy({ label: 'For each', help: 'Steps or a value; its result replaces the value.' }),
    scope: optional(string({ label: 'Scope', help: 'Name of the scope with key, value and index.' }), 'item'),
  },
  output: { type: 'object' },
  examples: [
    {
      given: {
        object: { name: 'Ann', city: 'Ulm' },
        foreach: {
          $do: { actions: [{ id: 'u', action: 'string/upcase', input: { string: { $ref: ['item', 'value'] } } }] },
        },
      },
      gives: { name: 'ANN', city: 'ULM' },
    },
    {
      given: {
        object: { a: 1, b: 2 },
        foreach: [{ $ref: ['pair', 'key'] }, { $ref: ['pair', 'index'] }],
        scope: 'pair',
      },
      gives: { a: ['a', 0], b: ['b', 1] },
    },
    { given: { object: {}, foreach: 'x', scope: 'pair' }, gives: {} },
    { given: { object: [1], foreach: 'x' }, fails: 'input-invalid' },
  ],
  run: ({ object, foreach, scope }) => {
    const entries = Object.entries(object);
    const results: [string, unknown][] = [];
    const done = inOrder(
      entries.length,
      (index) => foreach({ [scope]: { index, key: entries[index]?.[0], value: entries[index]?.[1] } }),
      (result, index) => results.push([entries[index]?.[0] as string, result ?? null]),
    );
    return after(done, () => Object.fromEntries(results));
  },
});
