import { defineAction, listOf, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/take',
  title: 'Take',
  summary: 'Keeps only the chosen keys of an object.',
  keywords: ['pick', 'select'],
  documentation: `
They come in the order in which they are chosen. Keys that the object does not have are ignored, rather than set to null.
\`object/pick\` chooses inside of objects and arrays too, and \`object/omit\` removes the chosen keys.`,
  fields: { object: object({ label: 'Object' }), keys: listOf(string(), { label: 'Keys' }) },
  output: { type: 'object' },
  examples: [
    { given: { object: { id: 7, name: 'Ann', secret: 'x' }, keys: ['name', 'id'] }, gives: { name: 'Ann', id: 7 } },
    { given: { object: { a: 1 }, keys: ['a', 'b'] }, gives: { a: 1 } },
    { given: { object: { a: 1 }, keys: ['toString'] }, gives: {} },
    { given: { object: { a: 1 }, keys: [1] }, fails: 'input-invalid' },
  ],
  run: ({ object, keys }) =>
    Object.fromEntries(keys.filter((key) => Object.hasOwn(object, key)).map((key) => [key, object[key]])),
});
