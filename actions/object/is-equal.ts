import { defineAction, object } from '../kit/index.ts';
import { openIdentities } from '../support/distinct.ts';

export default defineAction({
  id: 'object/is-equal',
  title: 'Is equal',
  summary: 'Tells whether two objects are equal in everything that is in them.',
  keywords: ['compare', 'deep equal'],
  documentation: `
The order of keys does not count, that of items in arrays does. 1 and 1.0 are the same number, 1 and "1" are not equal, and a
key with the value null differs from no key. Dates and binary data are equal when what they stand for is. For other values
than objects see \`condition/is-equal-to\`, for what the difference is \`object/diff\`.`,
  fields: { object: object({ label: 'Object' }), 'another-object': object({ label: 'Another object' }) },
  output: { type: 'boolean' },
  examples: [
    { given: { object: { a: 1, b: [2] }, 'another-object': { b: [2], a: 1 } }, gives: true },
    { given: { object: { a: [1, 2] }, 'another-object': { a: [2, 1] } }, gives: false },
    { given: { object: { a: null }, 'another-object': {} }, gives: false },
    { given: { object: { a: 1 }, 'another-object': [1] }, fails: 'input-invalid' },
  ],
  run: ({ object, 'another-object': another }) => {
    const identify = openIdentities('object');
    return identify(object) === identify(another);
  },
});
