import { any, defineAction, object, string } from '../kit/index.ts';

export default defineAction({
  id: 'object/put-if-exist',
  title: 'Put if it exists',
  summary: 'Replaces the value of a key that an object has.',
  documentation: `
Where there is no such key the object comes back as it is. A key whose value is null is there and is replaced. The value is
taken as it is: the text "99" stays a text, although a published example shows it as a number.`,
  fields: { object: object({ label: 'Object' }), key: string({ label: 'Key' }), value: any({ label: 'Value' }) },
  output: { type: 'object' },
  examples: [
    { given: { object: { id: 7, state: 'open' }, key: 'state', value: 'paid' }, gives: { id: 7, state: 'paid' } },
    { given: { object: { id: 7 }, key: 'state', value: 'paid' }, gives: { id: 7 } },
    { given: { object: { id: null }, key: 'id', value: '99' }, gives: { id: '99' } },
    { given: { object: [7], key: '0', value: 8 }, fails: 'input-invalid' },
  ],
  run: ({ object, key, value }) => (Object.hasOwn(object, key) ? { ...object, [key]: value } : object),
});
