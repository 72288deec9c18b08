import { array, defineAction, either, object } from '../kit/index.ts';
import { path, readPath } from '../support/path.ts';

export default defineAction({
  id: 'object/get-in',
  title: 'Get in',
  summary: 'Reads the value that a path of keys and indexes leads to.',
  keywords: ['deep', 'nested', 'property'],
  documentation: `
Texts are keys of objects and whole numbers indexes of arrays; a negative one counts from the end. Where the path ends before
the value, or leads into a text or a number, the result is null. Only own keys count. An empty path gives the object itself.
This is what a reference such as \`["request", "body", "items", 0]\` does, for a path that is only known while the workflow
runs.`,
  fields: {
    object: either(object(), array(), { label: 'Object' }),
    path: path({
      label: 'Path',
      help: 'A list of keys and indexes, one after the other; a text is one key, also `a.b`.',
    }),
  },
  output: {},
  examples: [
    { given: { object: { customer: { name: 'Ann' } }, path: ['customer', 'name'] }, gives: 'Ann' },
    { given: { object: { items: [{ id: 1 }, { id: 2 }] }, path: ['items', -1, 'id'] }, gives: 2 },
    { given: { object: { 'a.b': 1 }, path: 'a.b' }, gives: 1, note: 'A point in a key means nothing.' },
    { given: { object: { a: 1 }, path: ['a', 'b', 'c'] }, gives: null },
    { given: { object: { a: 1 }, path: [] }, gives: { a: 1 } },
    { given: { object: { a: 1 }, path: [null] }, fails: 'input-invalid' },
  ],
  run: ({ object, path }) => readPath(object, path),
});
