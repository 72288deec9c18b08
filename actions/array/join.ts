import { array, defineAction, string } from '../kit/index.ts';
import { joinTexts } from './texts.ts';

export default defineAction({
  id: 'array/join',
  title: 'Join',
  summary: 'Makes one text of the items of an array, with a separator between them.',
  documentation: `
Numbers, true, false and dates become text; null is empty, but its separators stay. An item that is an array, an object or
binary data fails, since there is no one way to write it: \`data/json/encode\` is one. The text may have 10,000,000
characters. \`string/join\` does the same under the name that text actions use.`,
  fields: {
    array: array({ label: 'Array' }),
    separator: string({ label: 'Separator', help: 'Text between two items; it may be empty.' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { array: ['a', 'b', 'c'], separator: ', ' }, gives: 'a, b, c' },
    { given: { array: [1, true, 0.5], separator: '/' }, gives: '1/true/0.5' },
    { given: { array: ['a', null, 'b'], separator: '-' }, gives: 'a--b' },
    { given: { array: [], separator: '-' }, gives: '' },
    { given: { array: ['a', ['b']], separator: '-' }, fails: 'input-invalid' },
  ],
  run: ({ array, separator }) => joinTexts(array, separator),
});
