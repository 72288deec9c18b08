import { array, defineAction, either, listOf, object } from '../kit/index.ts';
import { path } from '../support/path.ts';
import { select } from './selection.ts';

export default defineAction({
  id: 'object/pick',
  title: 'Pick',
  summary: 'Keeps only what several paths lead to in an object, at any level.',
  keywords: ['select'],
  documentation: `
A path is a key, or an array of keys and indexes; \`"*"\` in it stands for every item of an array and every value of an
object. A negative index counts from the end. Objects and arrays on the way stay, reduced to what is chosen in them, even to
nothing; items that are not chosen are taken out of their array. Paths that lead nowhere are ignored. \`object/take\` is the
same for the keys of one object, and \`object/get-in\` gives one value on its own. At most 1,000,000 members are looked at.`,
  fields: {
    object: either(object(), array(), { label: 'Object', help: 'Or an array.' }),
    paths: listOf(path(), {
      label: 'Paths',
      help: 'Each a key (`a.b` is one), or a list of keys and indexes, with "*" for all.',
    }),
  },
  output: { type: ['object', 'array'] },
  examples: [
    {
      given: {
        object: {
          id: 7,
          by: { name: 'Ann', mail: 'a@b' },
          lines: [
            { sku: 'A', cost: 5 },
            { sku: 'B', cost: 6 },
          ],
        },
        paths: ['id', ['by', 'name'], ['lines', '*', 'sku']],
      },
      gives: { id: 7, by: { name: 'Ann' }, lines: [{ sku: 'A' }, { sku: 'B' }] },
    },
    {
      given: {
        object: { list: [1, 2, 3] },
        paths: [
          ['list', 0],
          ['list', -1],
        ],
      },
      gives: { list: [1, 3] },
    },
    { given: { object: { a: { b: 1 }, c: 2 }, paths: [['a', 'x'], ['c', 'x'], 'y'] }, gives: { a: {} } },
    { given: { object: [{ a: 1, b: 2 }, { b: 3 }], paths: [['*', 'a']] }, gives: [{ a: 1 }, {}] },
    { given: { object: { a: 1 }, paths: 'a' }, fails: 'input-invalid', note: 'One path needs an array around it too.' },
  ],
  run: ({ object, paths }) => select(object, paths, true),
});
