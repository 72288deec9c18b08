import { defineAction, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/keys',
  title: 'Keys',
  summary: 'Gives the keys of an object as an array.',
  documentation: `
They come in the order in which they stand in the object, except that keys that are whole numbers come first and in ascending
order, as in any JavaScript object. The keys of objects inside are not among them; \`object/flatten\` gives those.`,
  fields: { object: object({ label: 'Object' }) },
  output: { type: 'array', items: { type: 'string' } },
  examples: [
    { given: { object: { id: 7, name: 'Ann' } }, gives: ['id', 'name'] },
    { given: { object: { b: { c: 1 }, 10: 1, 9: 1 } }, gives: ['9', '10', 'b'] },
    { given: { object: {} }, gives: [] },
    { given: { object: ['a'] }, fails: 'input-invalid' },
  ],
  run: ({ object }) => Object.keys(object),
});
