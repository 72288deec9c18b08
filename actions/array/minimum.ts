import { array, defineAction } from '../kit/index.ts';
import { extremesOf } from './extremes.ts';

export default defineAction({
  id: 'array/minimum',
  title: 'Minimum',
  summary: 'Gives the smallest number of an array.',
  keywords: ['lowest', 'min'],
  documentation: `
An array of texts works as well and gives the one that comes first by code points, so that "Z" comes before "a". Numbers and
texts mixed, null, and an empty array fail rather than give an answer that means nothing.`,
  fields: { array: array({ label: 'Array', help: 'Numbers, or texts.' }) },
  output: { type: ['number', 'string'] },
  examples: [
    { given: { array: [3, 12, -5] }, gives: -5 },
    { given: { array: ['pear', 'apple'] }, gives: 'apple' },
    { given: { array: [1, null] }, fails: 'input-invalid' },
    { given: { array: [] }, fails: 'input-invalid' },
  ],
  run: ({ array }) => extremesOf(array, 'array')[0],
});
