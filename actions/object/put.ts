import { any, defineAction, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/put',
  title: 'Put',
  summary: 'Sets one key of an object.',
  keywords: ['assign', 'set', 'update'],
  documentation: `
Gives a copy; the object itself stays as it is. A key that is there is replaced in its place, and a new one comes last.
\`object/put-if-new\` and \`object/put-if-exist\` set only one of these, and \`object/put-in\` sets a value further inside.`,
  fields: { object: object({ label: 'Object' }), key: string({ label: 'Key' }), value: any({ label: 'Value' }) },
  output: { type: 'object' },
  examples: [
    { given: { object: { id: 115 }, key: 'state', value: 'open' }, gives: { id: 115, state: 'open' } },
    { given: { object: { id: 115 }, key: 'id', value: null }, gives: { id: null } },
    { given: { object: null, key: 'id', value: 1 }, fails: 'input-invalid' },
  ],
  // A computed key defines an own property, `__proto__` too; an assignment would not.
  run: ({ object, key, value }) => ({ ...object, [key]: value }),
});
