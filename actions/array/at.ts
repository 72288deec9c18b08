import { array, defineAction, integer } from '../kit/index.ts';

export default defineAction({
  id: 'array/at',
  title: 'At',
  summary: 'Reads the item at a position of an array.',
  documentation:
    'The first item is at 0. A negative position counts from the end; where there is no item, the result is null.',
  fields: { array: array({ label: 'Array' }), at: integer({ label: 'Position' }) },
  output: {},
  examples: [
    { given: { array: ['hello', 'apricot'], at: 1 }, gives: 'apricot' },
    { given: { array: ['hello', 'apricot'], at: -2 }, gives: 'hello' },
    { given: { array: ['hello'], at: 5 }, gives: null },
    { given: { array: ['hello'], at: '0' }, fails: 'input-invalid' },
  ],
  run: ({ array, at }) => array.at(at) ?? null,
});
