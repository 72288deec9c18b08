import { defineAction, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/get',
  title: 'Get',
  summary: 'Reads one key of an object.',
  keywords: ['field', 'member', 'property', 'read value'],
  documentation: `
A key that is missing gives null, which a key with the value null gives too; \`object/has-key\` tells them apart. Only the
object's own keys count, so that "constructor" is a key like any other. \`object/get-in\` reads along several keys.`,
  fields: { object: object({ label: 'Object' }), key: string({ label: 'Key' }) },
  output: {},
  examples: [
    { given: { object: { id: 115, state: 'open' }, key: 'state' }, gives: 'open' },
    { given: { object: { id: 115 }, key: 'state' }, gives: null },
    { given: { object: {}, key: 'constructor' }, gives: null },
    { given: { object: [1], key: '0' }, fails: 'input-invalid' },
  ],
  run: ({ object, key }) => (Object.hasOwn(object, key) ? object[key] : null),
});
