import { defineAction, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/values',
  title: 'Values',
  summary: 'Gives the values of an object as an array.',
  documentation:
    'They come in the order in which `object/keys` gives their keys. Equal values come as often as they occur.',
  fields: { object: object({ label: 'Object' }) },
  output: { type: 'array' },
  examples: [
    { given: { object: { id: 7, name: 'Ann' } }, gives: [7, 'Ann'] },
    { given: { object: { a: null, b: [1] } }, gives: [null, [1]] },
    { given: { object: {} }, gives: [] },
    { given: { object: 'a' }, fails: 'input-invalid' },
  ],
  run: ({ object }) => Object.values(object),
});
