import { array, defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { toText } from '../support/text.ts';

export default defineAction({
  id: 'string/join',
  title: 'Join',
  summary: 'Joins the items of an array to one text with a delimiter between them.',
  keywords: ['concat', 'implode'],
  documentation: `
Numbers, true, false and dates become text; null is empty, its delimiters stay. Arrays and objects fail: make texts of them first,
for example with \`data/json/encode\`. The result may have 10,000,000 characters.`,
  fields: {
    array: array({ label: 'Array', items: { type: 'string' } }),
    delimiter: string({ label: 'Delimiter', help: 'Text between two items; it may be empty.' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { array: ['1', '2', '3'], delimiter: '=' }, gives: '1=2=3' },
    { given: { array: ['a', 2, true, null, 'b'], delimiter: ' ' }, gives: 'a 2 true  b' },
    { given: { array: [], delimiter: ', ' }, gives: '' },
    { given: { array: ['a', ['b']], delimiter: ', ' }, fails: 'input-invalid' },
  ],
  run: ({ array, delimiter }) => {
    let text = '';
    for (let index = 0; index < array.length; index += 1) {
      const item = array[index];
      if (index > 0) text += delimiter;
      text += typeof item === 'string' ? item : toText(item, `\`array[${index}]\``);
      checkTotal(text.length, 'array', 'characters');
    }
    return text;
  },
});
