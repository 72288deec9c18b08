import { array, defineAction } from '../kit/index.ts';
import { extremesOf } from './extremes.ts';

export default defineAction({
  id: 'array/maximum',
  title: 'Maximum',
  summary: 'Gives the largest number of an array.',
  keywords: ['biggest', 'highest', 'max'],
  documentation: `
An array of texts works as well and gives the one that comes last by code points, which for dates in ISO 8601 is the latest.
Numbers and texts mixed, null, and an empty array fail rather than give an answer that means nothing.`,
  fields: { array: array({ label: 'Array', help: 'Numbers, or texts.' }) },
  output: { type: ['number', 'string'] },
  examples: [
    { given: { array: [3, 12, -5] }, gives: 12 },
    { given: { array: ['2026-01-31', '2026-02-01'] }, gives: '2026-02-01' },
    { given: { array: [1, '2'] }, fails: 'input-invalid' },
    { given: { array: [] }, fails: 'input-invalid' },
  ],
  run: ({ array }) => extremesOf(array, 'array')[1],
});
