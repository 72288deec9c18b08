import { ActionFailure, array, defineAction, either, listOf, object } from '../kit/index.ts';
import { path } from '../support/path.ts';
import { select } from './selection.ts';

export default defineAction({
  id: 'object/omit',
  title: 'Omit',
  summary: 'Removes what several paths lead to in an object, at any level.',
  keywords: ['exclude', 'remove', 'without'],
  documentation: `
A path is a key, or an array of keys and indexes; \`"*"\` in it stands for every item of an array and every value of an
object. A negative index counts from the end. Items that are removed from an array close the gap, and all indexes mean the
array as it was given. Paths that lead nowhere are ignored. For taking out what a log or an answer must not show. At most
1,000,000 members are looked at.`,
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
        object: { id: 7, secret: 'x', users: [{ name: 'Ann', mail: 'a@b' }, { name: 'Bob' }] },
        paths: ['secret', ['users', '*', 'mail']],
      },
      gives: { id: 7, users: [{ name: 'Ann' }, { name: 'Bob' }] },
    },
    {
      given: {
        object: { list: [1, 2, 3] },
        paths: [
          ['list', 0],
          ['list', 1],
        ],
      },
      gives: { list: [3] },
    },
    { given: { object: { a: 1 }, paths: ['b', ['a', 'x']] }, gives: { a: 1 } },
    { given: { object: { a: { t: 1 }, b: { t: 2, u: 3 } }, paths: [['*', 't']] }, gives: { a: {}, b: { u: 3 } } },
    { given: { object: { a: 1 }, paths: [[]] }, fails: 'input-invalid', note: 'This would remove everything.' },
  ],
  run: ({ object, paths }) => {
    if (paths.some((one) => Array.isArray(one) && one.length === 0)) {
      throw new ActionFailure('input-invalid', '`paths` must lead into the object, found an empty path');
    }
    return select(object, paths, false);
  },
});
