import { defineAction, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/delete',
  title: 'Delete',
  summary: 'Removes one key of an object.',
  keywords: ['remove', 'unset'],
  documentation: `
Gives a copy without the key; where there is no such key the object comes back as it is. For several keys, or keys further
inside, see \`object/omit\`.`,
  fields: { object: object({ label: 'Object' }), key: string({ label: 'Key' }) },
  output: { type: 'object' },
  examples: [
    { given: { object: { id: 7, secret: 'x' }, key: 'secret' }, gives: { id: 7 } },
    { given: { object: { id: 7 }, key: 'name' }, gives: { id: 7 } },
    { given: { object: { id: 7 }, key: 7 }, fails: 'input-invalid' },
  ],
  run: ({ object, key }) => {
    if (!Object.hasOwn(object, key)) return object;
    const { [key]: _, ...rest } = object;
    return rest;
  },
});
