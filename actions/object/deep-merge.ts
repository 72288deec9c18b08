import { defineAction, isPlainObject, object, oneOf, optional, type Plain } from '../kit/index.ts';
import { checkDepth, checkTotal } from '../support/bounds.ts';
import { openPairs } from './pairs.ts';

type Arrays = 'replace' | 'concatenate' | 'merge';

const openMerge = (arrays: Arrays) => {
  const once = openPairs<unknown>();
  let members = 0;
  const count = (more: number): void => {
    members += more;
    checkTotal(members, 'with', 'members');
  };
  const mergeArrays = (left: unknown[], right: unknown[], depth: number): unknown[] => {
    count(left.length + right.length);
    if (arrays === 'concatenate') return left.concat(right);
    const merged = right.map((item, index) => (index < left.length ? merge(left[index], item, depth + 1) : item));
    return merged.concat(left.slice(right.length));
  };
  const mergeObjects = (left: Plain, right: Plain, depth: number): Plain => {
    const merged = new Map(Object.entries(left));
    for (const [key, value] of Object.entries(right)) {
      count(1);
      merged.set(key, Object.hasOwn(left, key) ? merge(left[key], value, depth + 1) : value);
    }
    return Object.fromEntries(merged);
  };
  const merge = (left: unknown, right: unknown, depth: number): unknown => {
    if (left === right) return right;
    checkDepth(depth, 'with');
    if (Array.isArray(left) && Array.isArray(right)) {
      return arrays === 'replace' ? right : once(left, right, () => mergeArrays(left, right, depth));
    }
    if (!isPlainObject(left) || !isPlainObject(right)) return right;
    return once(left, right, () => mergeObjects(left, right, depth));
  };
  return merge;
};

export default defineAction({
  id: 'object/deep-merge',
  title: 'Deep merge',
  summary: 'Merges two objects and the objects inside of them, of which the second wins.',
  keywords: ['assign', 'combine', 'extend', 'recursive'],
  documentation: `
Where both have an object under a key, these are merged in turn; anything else is replaced by what the second one has, null
included. Arrays are replaced, put one after the other, or merged index by index, as \`arrays\` says. Dates and binary data
count as one value. To remove keys as well see \`object/merge-patch\`. Up to 1,000 levels and 1,000,000 members are merged.`,
  fields: {
    object: object({ label: 'Object' }),
    with: object({ label: 'With', help: 'Its values win.' }),
    arrays: optional(
      oneOf(['replace', 'concatenate', 'merge'], {
        label: 'Arrays',
        help: 'What becomes of two arrays under one key.',
      }),
      'replace',
    ),
  },
  output: { type: 'object' },
  examples: [
    {
      given: { object: { db: { host: 'a', port: 1 } }, with: { db: { host: 'b' }, log: true } },
      gives: { db: { host: 'b', port: 1 }, log: true },
    },
    { given: { object: { tags: [1, 2] }, with: { tags: [3] } }, gives: { tags: [3] } },
    { given: { object: { tags: [1, 2] }, with: { tags: [3] }, arrays: 'concatenate' }, gives: { tags: [1, 2, 3] } },
    {
      given: { object: { rows: [{ a: 1 }, 2] }, with: { rows: [{ b: 1 }] }, arrays: 'merge' },
      gives: { rows: [{ a: 1, b: 1 }, 2] },
    },
    { given: { object: { a: { b: 1 } }, with: { a: null } }, gives: { a: null } },
    { given: { object: { a: 1 }, with: [1] }, fails: 'input-invalid' },
  ],
  run: ({ object, with: other, arrays }) => openMerge(arrays)(object, other, 0),
});
