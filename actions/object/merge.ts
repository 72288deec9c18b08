import { defineAction, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/merge',
  title: 'Merge',
  summary: 'Merges two objects, of which the second wins.',
  keywords: ['assign', 'combine', 'extend', 'spread'],
  documentation: `
Gives a new object. A key of both has the value of the second: objects inside are replaced, not merged; \`object/deep-merge\`
merges them too. A published example gives a key that neither object has, which is an error of it.`,
  fields: { object: object({ label: 'Object' }), with: object({ label: 'With', help: 'Its keys win.' }) },
  output: { type: 'object' },
  examples: [
    { given: { object: { a: 1, b: 2 }, with: { a: 7, c: 5 } }, gives: { a: 7, b: 2, c: 5 } },
    { given: { object: { a: { x: 1 } }, with: { a: { y: 2 } } }, gives: { a: { y: 2 } } },
    { given: { object: { a: 1 }, with: [1] }, fails: 'input-invalid' },
  ],
  run: ({ object, with: other }) => ({ ...object, ...other }),
});
