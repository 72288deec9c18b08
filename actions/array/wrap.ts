import { any, defineAction } from '../kit/index.ts';

export default defineAction({
  id: 'array/wrap',
  title: 'Wrap',
  summary: 'Makes sure that a value is an array.',
  documentation: `
An array stays as it is, null becomes an empty one, and anything else its only item. For data where one thing comes alone and
several come as an array, such as elements of XML or values of a query.`,
  fields: { value: any({ label: 'Value' }) },
  output: { type: 'array' },
  examples: [
    { given: { value: 'red' }, gives: ['red'] },
    { given: { value: ['red', 'green'] }, gives: ['red', 'green'] },
    { given: { value: null }, gives: [] },
    { given: { value: { id: 1 } }, gives: [{ id: 1 }] },
    { given: { value: false }, gives: [false] },
    { given: {}, fails: 'input-invalid', note: 'Null has to be said.' },
  ],
  run: ({ value }) => (Array.isArray(value) ? value : value === null ? [] : [value]),
});
