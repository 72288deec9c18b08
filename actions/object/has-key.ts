import { defineAction, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/has-key',
  title: 'Has key',
  summary: 'Tells whether an object has a key.',
  keywords: ['contains', 'exists'],
  documentation: `
A key whose value is null is there. Only own keys count: "toString" is a key of an object only when the data has it.`,
  fields: { object: object({ label: 'Object' }), key: string({ label: 'Key' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { object: { id: 7, name: null }, key: 'name' }, gives: true },
    { given: { object: { id: 7 }, key: 'Id' }, gives: false, note: 'Case counts.' },
    { given: { object: {}, key: 'toString' }, gives: false },
    { given: { object: null, key: 'id' }, fails: 'input-invalid' },
  ],
  run: ({ object, key }) => Object.hasOwn(object, key),
});
