import { any, defineAction, isPlainObject, type Plain } from '../kit/index.ts';
import { checkDepth, checkTotal } from '../support/bounds.ts';
import { openPairs } from './pairs.ts';

const nothing: Plain = {};

const openMergePatch = () => {
  const once = openPairs<Plain>();
  let members = 0;
  const merge = (target: Plain, patch: Plain, depth: number): Plain => {
    const merged = new Map(Object.entries(target));
    for (const [key, value] of Object.entries(patch)) {
      members += 1;
      checkTotal(members, 'patch', 'members');
      if (value === null || value === undefined) merged.delete(key);
      else merged.set(key, apply(merged.get(key), value, depth + 1));
    }
    return Object.fromEntries(merged);
  };
  const apply = (target: unknown, patch: unknown, depth: number): unknown => {
    if (!isPlainObject(patch)) return patch;
    checkDepth(depth, 'patch');
    // What is no object counts as an empty one.
    const object = isPlainObject(target) ? target : nothing;
    return once(object, patch, () => merge(object, patch, depth));
  };
  return apply;
};

export default defineAction({
  id: 'object/merge-patch',
  title: 'Merge patch',
  summary: 'Changes a document by a JSON Merge Patch.',
  documentation: `
As RFC 7396 has it (the content type application/merge-patch+json): objects in the patch are merged into the document, null
removes a key, and anything else replaces what was there. Arrays are always replaced as a whole, and null cannot be set;
\`object/patch\` can do both. A patch that is no object becomes the result.`,
  fields: {
    object: any({ label: 'Document', help: 'Usually an object.' }),
    patch: any({ label: 'Patch', help: 'An object with what changes; null removes.' }),
  },
  output: {},
  examples: [
    {
      given: {
        object: { title: 'Hi', by: { name: 'Ann', mail: 'a@b' }, tags: ['x'] },
        patch: { by: { mail: null }, tags: [] },
      },
      gives: { title: 'Hi', by: { name: 'Ann' }, tags: [] },
    },
    { given: { object: { a: [1] }, patch: { a: { b: 1, c: null } } }, gives: { a: { b: 1 } } },
    { given: { object: { a: 1 }, patch: ['x'] }, gives: ['x'] },
    { given: { object: 'text', patch: { a: null } }, gives: {} },
    { given: { object: { a: 1 } }, fails: 'input-invalid', note: 'There is no patch.' },
  ],
  run: ({ object, patch }) => openMergePatch()(object, patch, 0),
});
