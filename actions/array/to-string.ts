import { array, defineAction } from '../kit/index.ts';
import { joinTexts } from './texts.ts';

export default defineAction({
  id: 'array/to-string',
  title: 'To string',
  summary: 'Makes one text of the items of an array, with nothing between them.',
  documentation: `
The items become text as for \`array/join\`: null is empty, and an array, an object or binary data fails. The text may have
10,000,000 characters. For the array as JSON text use \`data/json/encode\`.`,
  fields: { array: array({ label: 'Array' }) },
  output: { type: 'string' },
  examples: [
    { given: { array: ['order-', 7] }, gives: 'order-7' },
    { given: { array: [null, false] }, gives: 'false' },
    { given: { array: [] }, gives: '' },
    { given: { array: [{ a: 1 }] }, fails: 'input-invalid' },
  ],
  run: ({ array }) => joinTexts(array, ''),
});
