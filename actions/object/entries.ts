import { defineAction, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/entries',
  title: 'Entries',
  summary: 'Gives the keys and values of an object as an array of pairs.',
  keywords: ['key value pairs', 'topairs'],
  documentation: `
Each pair is \`[key, value]\`, in the order of \`object/keys\`. This is how an object is walked over, filtered or sorted with
the array and iteration actions; \`array/to-object\` makes an object of the pairs again.`,
  fields: { object: object({ label: 'Object' }) },
  output: { type: 'array', items: { type: 'array' } },
  examples: [
    {
      given: { object: { id: 7, tags: ['a'] } },
      gives: [
        ['id', 7],
        ['tags', ['a']],
      ],
    },
    { given: { object: {} }, gives: [] },
    { given: { object: [['id', 7]] }, fails: 'input-invalid' },
  ],
  run: ({ object }) => Object.entries(object),
});
