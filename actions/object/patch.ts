import { any, array, defineAction } from '../kit/index.ts';
import { applyPatch } from './patch-operations.ts';

export default defineAction({
  id: 'object/patch',
  title: 'Patch',
  summary: 'Changes a document by a JSON Patch.',
  documentation: `
As RFC 6902 has it (the content type application/json-patch+json): a list of operations add, remove, replace, move, copy and
test, whose places are JSON Pointers (RFC 6901). They are done one after the other, each on what the one before left. When one
fails, the action fails and nothing has changed. \`test\` compares deeply, whatever the order of keys. Removing the whole
document leaves null. What a patch costs is bounded: the members that copies add up to (1,000,000) and the work as a whole.
\`object/diff\` makes patches.`,
  fields: {
    object: any({ label: 'Document' }),
    patch: array({
      label: 'Patch',
      help: 'Operations such as {"op": "replace", "path": "/state", "value": "paid"}.',
      items: {
        type: 'object',
        properties: {
          op: { enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
          path: { type: 'string' },
          from: { type: 'string' },
          value: {},
        },
        required: ['op', 'path'],
      },
    }),
  },
  output: {},
  failures: {
    'path-unknown': 'An operation names a place that the document does not have.',
    'test-failed': 'The value at the path of a test operation is another one.',
  },
  examples: [
    {
      given: {
        object: { state: 'open', lines: ['a', 'c'] },
        patch: [
          { op: 'test', path: '/state', value: 'open' },
          { op: 'replace', path: '/state', value: 'paid' },
          { op: 'add', path: '/lines/1', value: 'b' },
          { op: 'add', path: '/lines/-', value: 'd' },
        ],
      },
      gives: { state: 'paid', lines: ['a', 'b', 'c', 'd'] },
    },
    {
      given: {
        object: { a: { b: 1 }, 'x/y': 2 },
        patch: [
          { op: 'copy', from: '/a', path: '/c' },
          { op: 'move', from: '/x~1y', path: '/c/z' },
          { op: 'remove', path: '/a' },
        ],
      },
      gives: { c: { b: 1, z: 2 } },
    },
    { given: { object: { a: 1 }, patch: [{ op: 'add', path: '', value: [] }] }, gives: [] },
    {
      given: { object: { a: 1 }, patch: [{ op: 'replace', path: '/b', value: 2 }] },
      fails: 'path-unknown',
      note: 'Only add makes a key.',
    },
    { given: { object: { a: 1 }, patch: [{ op: 'test', path: '/a', value: '1' }] }, fails: 'test-failed' },
    { given: { object: { a: 1 }, patch: [{ op: 'set', path: '/a', value: 2 }] }, fails: 'input-invalid' },
  ],
  run: ({ object, patch }) => applyPatch(object, patch),
});
