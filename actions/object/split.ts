import { defineAction, listOf, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/split',
  title: 'Split',
  summary: 'Separates an object into one with the chosen keys and one with all others.',
  documentation: `
The result is \`[chosen, others]\`. Keys that the object does not have are ignored. A published example gives { a, c } for the
keys a, b and e of an object with a, b and c; that contradicts its own description, and here the first object has a and b.`,
  fields: { object: object({ label: 'Object' }), keys: listOf(string(), { label: 'Keys' }) },
  output: { type: 'array', items: { type: 'object' } },
  examples: [
    {
      given: { object: { id: 7, name: 'Ann', note: '' }, keys: ['id', 'x'] },
      gives: [{ id: 7 }, { name: 'Ann', note: '' }],
    },
    { given: { object: { a: 1, b: 2, c: 3 }, keys: ['a', 'b', 'e'] }, gives: [{ a: 1, b: 2 }, { c: 3 }] },
    { given: { object: { a: 1 }, keys: [] }, gives: [{}, { a: 1 }] },
    { given: { object: { a: 1 }, keys: 'a' }, fails: 'input-invalid' },
  ],
  run: ({ object, keys }) => {
    const chosen = new Set(keys);
    const entries = Object.entries(object);
    return [
      Object.fromEntries(entries.filter(([key]) => chosen.has(key))),
      Object.fromEntries(entries.filter(([key]) => !chosen.has(key))),
    ];
  },
});
