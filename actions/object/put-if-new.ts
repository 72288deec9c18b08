import { any, defineAction, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/put-if-new',
  title: 'Put if it is new',
  summary: 'Sets a key that an object does not have yet.',
  documentation: `
Where the key is there already the object comes back as it is, even if its value is null. Good for defaults; to set several at
once, merge the object into an object of defaults with \`object/merge\`.`,
  fields: { object: object({ label: 'Object' }), key: string({ label: 'Key' }), value: any({ label: 'Value' }) },
  output: { type: 'object' },
  examples: [
    { given: { object: { id: 7 }, key: 'state', value: 'open' }, gives: { id: 7, state: 'open' } },
    { given: { object: { id: 7, state: 'paid' }, key: 'state', value: 'open' }, gives: { id: 7, state: 'paid' } },
    { given: { object: { state: null }, key: 'state', value: 'open' }, gives: { state: null } },
    { given: { object: {}, key: null, value: 1 }, fails: 'input-invalid' },
  ],
  run: ({ object, key, value }) => (Object.hasOwn(object, key) ? object : { ...object, [key]: value }),
});
